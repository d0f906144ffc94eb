"""Tables made by one operation are those that one operation each would make."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter

from jalon.tables import CreateModels

pytestmark = pytest.mark.django_db


def model(name: str, **fields: models.Field) -> migrations.CreateModel:
    """A model with a number and some fields."""
    return migrations.CreateModel(
        name, [("id", models.BigAutoField(primary_key=True)), *fields.items()]
    )


#: Each points to the other.
BOTH = CreateModels(
    [
        model("First", second=models.ForeignKey("web.Second", models.CASCADE)),
        model("Second", firsts=models.ManyToManyField("web.First", related_name="+")),
    ]
)


def tables() -> set[str]:
    """Return the tables of the database that these models have."""
    names = {"web_first", "web_second", "web_second_firsts"}
    return names & set(connection.introspection.table_names())


def test_models_that_point_to_each_other_are_made_and_removed_at_once() -> None:
    before, after = ProjectState(), ProjectState()
    BOTH.state_forwards("web", after)
    with connection.schema_editor() as editor:
        BOTH.database_forwards("web", editor, before, after)
    assert tables() == {"web_first", "web_second", "web_second_firsts"}
    with connection.cursor() as cursor:
        keys = connection.introspection.get_relations(cursor, "web_first")
    assert keys["second_id"][:2] == ("id", "web_second")
    with connection.schema_editor() as editor:
        BOTH.database_backwards("web", editor, after, before)
    assert tables() == set()


def test_a_state_whose_models_are_built_learns_the_new_ones() -> None:
    state = ProjectState()
    assert list(state.apps.get_models()) == []
    BOTH.state_forwards("web", state)
    assert state.apps.get_model("web", "first")._meta.get_field("second").related_model is (
        state.apps.get_model("web", "second")
    )


def test_it_is_written_and_told_with_what_it_makes() -> None:
    lines, imports = OperationWriter(BOTH).serialize()
    assert "import jalon.tables" in imports
    assert lines.count("migrations.CreateModel(") == 2
    assert BOTH.describe() == "Create models First, Second"
