"""How French words agree with a number."""


def plural(count: float, several: str = "s", one: str = "") -> str:
    """Return what ends a word for so many of a thing: several from two on, so "0 jour", "1,5 jour"."""
    return several if abs(count) >= 2 else one


def counted(count: int, noun: str) -> str:
    """Return so many of a thing, in figures: "1 jour", "12 jours"."""
    return f"{count} {noun}{plural(count)}"
