"""Floor 7: settings, the embedded PostgreSQL, the command line."""
