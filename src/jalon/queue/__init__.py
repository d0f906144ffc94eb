"""The queue of jobs: how often one is tried, what becomes of it when its worker dies, what waits."""
