"""Commands of Django that say more here."""
