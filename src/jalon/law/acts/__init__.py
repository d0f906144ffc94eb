"""The rows of the table, one file a chapter of the story."""
