"""Floor 1: the law of a VAE journey as data and pure functions; no Django, no input or output."""
