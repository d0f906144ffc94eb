"""Floor 8: what the engineers use and no office needs: checks, drawings, the tour, the bench."""
