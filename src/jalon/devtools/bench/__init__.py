"""Measures pages and acts on many journeys: how long, how far from the limit, how they grow."""
