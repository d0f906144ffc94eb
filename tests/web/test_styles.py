"""What the sheet of styles promises of every page."""

import re
from pathlib import Path

import jalon.web

WEB = Path(jalon.web.__file__).parent
SHEETS = WEB / "static" / "jalon"
HOVERED = re.compile(r"@media \(hover: hover\) \{\n(?:  .*\n)*\}\n")
#: A cell of a table that holds a date and nothing else.
DATED = re.compile(
    r"<t[dh]([^>]*)>\s*(?:<a[^>]*>)?\{\{ \S+\|(?:day|moment) \}\}(?:</a>)?\s*</t[dh]>"
)


def test_a_date_is_read_on_one_line_of_its_cell() -> None:
    found = [one for page in WEB.rglob("*.html") for one in DATED.findall(page.read_text())]
    assert found and all('class="unbroken"' in attributes for attributes in found)


def test_only_a_mouse_colours_what_it_is_over_so_that_a_tap_leaves_nothing_behind() -> None:
    for sheet in SHEETS.glob("*.css"):
        assert ":hover" not in HOVERED.sub("", sheet.read_text())
