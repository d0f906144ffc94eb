"""The national register's daily export: reading it, comparing it with the catalogue, taking it in (R-131)."""
