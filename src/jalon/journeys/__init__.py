"""Floor 3: the journey, its files, its clocks and its journal; `act()` is the only door."""
