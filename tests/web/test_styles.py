"""What the sheet of styles promises of every page."""

import re
from pathlib import Path

import jalon.web

SHEETS = Path(jalon.web.__file__).parent / "static" / "jalon"
HOVERED = re.compile(r"@media \(hover: hover\) \{\n(?:  .*\n)*\}\n")


def test_only_a_mouse_colours_what_it_is_over_so_that_a_tap_leaves_nothing_behind() -> None:
    for sheet in SHEETS.glob("*.css"):
        assert ":hover" not in HOVERED.sub("", sheet.read_text())
