"""Floor 4: the two files that a candidate writes."""
