"""Floor 8: the demonstration, its fictional people and the scenario that every tale is played from."""
