"""Every example of docs/wire.md is what the models read."""

import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from shared.envelope import Ack, Envelope, LiveFacility, StationState
from shared.records import Fact, Profile, Question, Record
from shared.settings_message import StationSettings
from shared.shapes import Shape, read
from shared.topics import HUB_STATE, ack, live, settings, state, up_later, up_now

PAGE = (Path(__file__).parents[2] / "docs" / "wire.md").read_text()
MODELS: dict[str, type[BaseModel]] = {
    model.__name__: model for model in (Envelope, Record, Ack, StationState, LiveFacility)
}
SHAPES: dict[str, type[Shape]] = {StationSettings.__name__: StationSettings}
TOLD: dict[str, type[BaseModel]] = {"Question": Question, "Profile": Profile}
"""Facts with a section of their own: its example is the whole record."""
EXAMPLES = re.findall(r"^## (\w+)\n.*?```json\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE)


def test_every_model_of_the_wire_has_an_example() -> None:
    assert {name for name, _ in EXAMPLES} == MODELS.keys() | SHAPES.keys() | TOLD.keys()


def test_every_fact_is_named() -> None:
    facts: tuple[type[BaseModel], ...] = get_args(get_args(Fact)[0])
    assert [fact.__name__ for fact in facts if f"`{fact.model_fields['type'].default}`" not in PAGE] == []


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_an_example_is_read_by_its_model(name: str, example: str) -> None:
    if name in MODELS:
        MODELS[name].model_validate_json(example)
    elif name in SHAPES:
        read(example, SHAPES[name])
    else:
        assert isinstance(Record.model_validate_json(example).fact, TOLD[name])


def test_every_topic_is_named() -> None:
    topics = [make("<id>") for make in (up_now, up_later, ack, settings, state)]
    for topic in (*topics, live("<id>", "<facility>"), HUB_STATE):
        assert f"`{topic}`" in PAGE
