"""Pages of this space."""
