"""No list writes a personal value into a file without approval, whoever asks and whatever columns the address names."""

import dataclasses
from datetime import date

import pytest

from kam.lists import spec as specs
from kam.lists.spec import all_lists, list_called
from tests.factories.accounts import make_person, make_unit
from tests.kam.exports.listed import plant_rows

#: Personal field of a key person → a value that stands nowhere else.
MARKED = {
    "mobile": "13987654321",
    "phone": "073155667788",
    "wechat": "wx-marked-id",
    "email": "marked@example.cn",
    "home": "Marked Lane 9",
    "family": "a marked daughter",
    "hobbies": "marked chess",
    "background": "marked past",
}
BIRTHDAY = date(1971, 3, 9)


@pytest.fixture
def row_of_each_list(cast):
    """At least one row in every registered list, about a unit with a person whose personal values are marked."""
    unit = make_unit("Marked Unit", owner=cast.owner, channel="chamber")
    plant_rows(cast, unit, make_person(unit, birthday=BIRTHDAY, **MARKED))


def everything(spec):
    return f"{spec.url}?view=all&export=csv&cols={','.join(spec.column_keys())}"


def leaks_of(spec, client):
    """Return which marked values stand in the file of all columns, and how many lines it has; a redirect leaks nothing."""
    answer = client.get(everything(spec))
    if answer.status_code != 200:
        return set(), answer.status_code
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    values = {**MARKED, "birthday": BIRTHDAY.isoformat(), "birthday in words": "1971"}
    return {name for name, value in values.items() if value in text}, len(text.splitlines())


def real_lists():
    return [spec for key, spec in sorted(all_lists().items()) if not key.startswith("tests.")]


def test_no_list_exports_a_personal_value(cast, client_of, row_of_each_list):
    readers = (cast.owner, cast.lead, cast.manager, cast.director, cast.gm, cast.clerk)
    clients = {user.position: client_of(user) for user in readers}
    found = {
        (spec.key, position): leaks_of(spec, client)
        for spec in real_lists()
        for position, client in clients.items()
    }
    assert {key: leaks for key, (leaks, _lines) in found.items() if leaks} == {}
    assert [spec.key for spec in real_lists() if found[spec.key, "specialist"][1] < 2] == []


@pytest.mark.parametrize(("is_personal", "found"), [(False, {"mobile"}), (True, set())])
def test_a_planted_column_is_found_unless_it_is_marked(
    cast, client_of, row_of_each_list, monkeypatch, is_personal, found
):
    """Negative control, and what the mark does: the file is asked for first."""
    spec = list_called("visits.appointments")
    mobile = specs.Column("mobile", "Mobile", "person.mobile", is_personal=is_personal)
    planted = dataclasses.replace(spec, columns=(*spec.columns, mobile))
    monkeypatch.setattr("visits.appointments.views.APPOINTMENTS", planted)
    assert leaks_of(planted, client_of(cast.owner))[0] == found


def test_a_hidden_column_is_not_in_a_file_that_does_not_name_it():
    assert [(s.key, c.key) for s in real_lists() for c in s.columns if c.is_personal and c.is_shown] == []
