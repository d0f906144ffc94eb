"""What somebody may aim at, once they looked at the blocs of a certification."""

from jalon.law.positioning import Practice, advice, together

DONE, SOME, NEVER = Practice


def test_whoever_said_nothing_is_told_nothing() -> None:
    assert advice({}) is None
    assert advice({"A": None, "B": None}) is None


def test_whoever_does_every_bloc_may_aim_at_the_whole() -> None:
    said = advice({"A": DONE, "B": DONE})
    assert said is not None
    assert "entière" in said.title
    assert (said.apply, said.blocs) == (True, ())


def test_whoever_does_some_blocs_may_aim_at_these() -> None:
    one = advice({"A": DONE, "B": SOME, "C": NEVER})
    two = advice({"A": DONE, "B": None, "C": DONE})
    assert one is not None
    assert two is not None
    assert (one.title, one.blocs) == ("Vous pouvez viser un bloc sur 3", ("A",))
    assert (two.title, two.blocs) == ("Vous pouvez viser 2 blocs sur 3", ("A", "C"))


def test_whoever_does_a_little_is_told_and_never_kept_from_applying() -> None:
    said = advice({"A": SOME, "B": NEVER})
    assert said is not None
    assert "Rien ne vous empêche" in said.text
    assert said.apply


def test_whoever_does_none_of_it_is_sent_to_other_certifications() -> None:
    said = advice({"A": NEVER, "B": NEVER})
    assert said is not None
    assert "autres certifications" in said.text
    assert not said.apply


def test_a_bloc_is_done_once_each_of_its_tasks_is_and_some_of_it_otherwise() -> None:
    assert together([]) is None
    assert together([None, None]) is None
    assert together([DONE, DONE]) is DONE
    assert together([DONE, None]) is SOME
    assert together([NEVER, SOME]) is SOME
    assert together([NEVER, None]) is NEVER
