"""What the documents name exists: files, folders, pages they link to, tables they draw."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PRODUCT = ROOT / "src" / "jalon"
#: The repository's own documents; what people read in French names no file.
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")], key=lambda page: page.as_posix()
)
#: Made when it runs, or not built yet: nothing to find.
ELSEWHERE = ("var/",)

QUOTED = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"\.?\w[\w.<>-]*/[\w./<>-]*")
ENDINGS = re.compile(r"(/|\.(py|toml|lock|in|md|svg|html|txt|typ|css|yaml|png))$")
LINK = re.compile(r"\]\(([^)#\s]+)\)")
#: A page of the guide is read on a phone too: how many bytes one of its pictures has at most.
PICTURE_AT_MOST = 60_000
ENTITY = re.compile(r'^ +(\w+)\["(\w+) · (\w+)"\]$', re.MULTILINE)


def name_of(page: Path) -> str:
    """Return how a page is called in the report of a failure."""
    return page.relative_to(ROOT).as_posix()


def paths(text: str) -> Iterator[str]:
    """Yield the words in backticks that look like paths, those of commands too; not a bare name."""
    for quoted in QUOTED.findall(text):
        for word in quoted.split():
            looks = PATH.fullmatch(word) and (ENDINGS.search(word) or word.startswith("tests/"))
            if looks and not word.startswith(ELSEWHERE):
                yield word


def exists(path: str, page: Path) -> bool:
    """Say whether a path is found from the root, the product or the page; `<…>` stands for any name."""
    pattern = re.sub(r"<[^>]+>", "*", path).rstrip("/")
    return any(any(start.glob(pattern)) for start in (ROOT, PRODUCT, page.parent))


@pytest.mark.parametrize("page", DOCUMENTS, ids=name_of)
def test_every_path_that_a_document_names_exists(page: Path) -> None:
    named = paths(page.read_text(encoding="utf-8"))
    assert [path for path in named if not exists(path, page)] == []


@pytest.mark.parametrize("page", DOCUMENTS, ids=name_of)
def test_every_link_of_a_document_leads_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    ours = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in ours if not (page.parent / link).exists()] == []


def test_every_decision_stands_in_the_list() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = LINK.findall((folder / "README.md").read_text(encoding="utf-8"))
    assert listed == sorted(page.name for page in folder.glob("0*.md"))


def test_every_entity_of_the_diagram_is_a_table_of_its_room() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawn = ENTITY.findall(text)
    assert drawn
    for key, model, room in drawn:
        sources = [*(PRODUCT / room).glob("models.py"), *(PRODUCT / room).glob("models/*.py")]
        declared = "\n".join(source.read_text(encoding="utf-8") for source in sources)
        assert key == model and re.search(rf"^class {model}\(", declared, re.MULTILINE), model


def test_a_path_that_is_not_there_is_noticed() -> None:
    text = "`law/gone.py`, `./jalon test tests/gone`, `var/venv/bin/x.py`, `act()`, `/jury/`"
    assert list(paths(text)) == ["law/gone.py", "tests/gone"]
    assert not any(exists(path, ROOT / "README.md") for path in paths(text))


def test_the_pictures_of_the_guide_are_small_and_each_is_shown_with_words_that_say_it() -> None:
    guide = ROOT / "docs" / "guide"
    text = "".join(page.read_text(encoding="utf-8") for page in guide.glob("*.md"))
    shown = set(re.findall(r"!\[[^\]]{20,}\]\(images/([\w-]+\.png)\)", text))
    assert shown == {picture.name for picture in (guide / "images").iterdir()}
    assert all((guide / "images" / name).stat().st_size < PICTURE_AT_MOST for name in shown)
