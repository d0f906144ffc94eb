"""Floor 6: the pages, one folder for each space."""
