"""Reads the flags that follow a word of the command line."""


def option(arguments: list[str], name: str, default: str) -> str:
    """Return the value that follows a flag, or its default."""
    return arguments[arguments.index(name) + 1] if name in arguments else default
