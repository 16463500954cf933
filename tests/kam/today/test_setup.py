"""An administrator's Today leads through setting up a department, and stops when it is done."""

import pytest

from kam.core import setup
from kam.core.setup import SetupStep, setup_steps
from kam.today.setup import collect_setup, setup_in_words, text_of_setup
from tests.factories.accounts import make_unit

pytestmark = pytest.mark.django_db


def open_steps():
    return [step.key for step, is_done in setup_steps() if not is_done]


def test_an_empty_kam_leads_from_people_to_units(cast):
    assert [step.key for step, _is_done in setup_steps()] == ["people", "teams", "members", "days", "units"]
    assert "units" in open_steps()
    assert not {"people", "teams", "members"} & set(open_steps())
    make_unit(owner=cast.owner)
    assert "units" not in open_steps()


def test_only_administrators_are_led(cast, client_of):
    assert "Import the units" in client_of(cast.admin).get("/").content.decode()
    assert "Import the units" not in client_of(cast.clerk).get("/").content.decode()


def test_the_list_is_gone_when_everything_is_done(cast, monkeypatch):
    step = SetupStep(key="a", label="A", why="W", url="/", order=1, is_done=lambda: False)
    monkeypatch.setattr(setup, "_steps", {"a": step})
    [told] = collect_setup([cast.admin], None).values()
    assert (told.next_key, told.done, text_of_setup(told), setup_in_words(told)) == (
        "a",
        0,
        "A",
        "0 of 1 steps done",
    )
    done = SetupStep(key="a", label="A", why="W", url="/", order=1, is_done=lambda: True)
    monkeypatch.setattr(setup, "_steps", {"a": done})
    assert collect_setup([cast.admin], None) == {}
