"""Floor 4: jury sessions, panels, declarations of independence, scores, votes and minutes."""
