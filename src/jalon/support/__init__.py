"""Floor 4: meetings, the personal path with its milestones, and the post-jury plan."""
