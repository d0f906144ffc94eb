"""The acts of the table, each shown with its form and done on one page."""
