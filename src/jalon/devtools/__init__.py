"""Tools for those who work on Jalon; nothing of the product depends on them."""
