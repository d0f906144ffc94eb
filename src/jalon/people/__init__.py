"""Floor 2: accounts, organisations, memberships, and the one policy of who may see what."""
