"""The law as it is applied, for those who work with it."""
