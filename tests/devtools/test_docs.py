"""The documents drawn from the law are those of the law, whole, and can be read without seeing."""

from xml.etree import ElementTree

import pytest

from jalon.devtools import docs
from jalon.law.clocks import french_period
from jalon.law.lifecycle import TABLE
from jalon.law.rulebook import rules
from jalon.law.vocabulary import Stage

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def image():
    """Return the diagram, parsed."""
    return ElementTree.fromstring(docs.render_lifecycle())


def test_the_kept_documents_are_fresh():
    assert docs.main(["--check"]) == 0


def test_a_stale_document_is_reported(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(docs, "DOCS", tmp_path / "docs")
    assert docs.main(["--check"]) == 1
    assert "rules.md" in capsys.readouterr().out
    assert docs.main([]) == 0
    assert docs.main(["--check"]) == 0


def test_every_stage_has_its_box(image):
    drawn = [group.get("data-stage") for group in image.iter(f"{SVG}g") if group.get("data-stage")]
    assert sorted(drawn) == sorted(Stage)


def test_every_change_of_stage_is_drawn_or_told(image):
    drawn = {(group.get("data-from"), group.get("data-to")) for group in image.iter(f"{SVG}g")}
    for line in TABLE:
        for source in line.at:
            for target in line.leads_to(source):
                assert (source, target) in drawn or {source, target} & set(docs.GATHERING)


def test_the_diagram_has_a_title_and_tells_its_story_in_words(image):
    assert image.get("role") == "img"
    assert image.find(f"{SVG}title").text
    story = image.find(f"{SVG}desc").text
    for line in TABLE:
        for target in {target for source in line.at for target in line.leads_to(source)}:
            assert f"{line.act.label} mène à {target.label}" in story


def test_nothing_sticks_out_of_the_image(image):
    width, height = float(image.get("width")), float(image.get("height"))
    for box in image.iter(f"{SVG}rect"):
        x, y = float(box.get("x", 0)), float(box.get("y", 0))
        assert x >= 0 and x + float(box.get("width")) <= width
        assert y >= 0 and y + float(box.get("height")) <= height


def test_the_rules_page_tells_every_rule_and_every_act():
    page = docs.render_rules()
    for rule in rules().values():
        for version in rule.versions:
            assert f"| {rule.id} | {version.text}" in page
            assert f"| {version.article} | {french_period(version.period)} |" in page
    for line in TABLE:
        assert f"| {line.act.label}" in page
