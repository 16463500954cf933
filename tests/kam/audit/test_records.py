"""The history of each record through HTTP: complete with its parts, in words, personal values masked."""

from datetime import date

import pytest
import time_machine

from accounts.persons.services import edit_person
from accounts.units.services import observe
from accounts.units.terms import Field
from tests.factories.accounts import make_person, make_unit
from tests.factories.visits import NOW, make_line, make_plan
from visits.plans.services import cancel_line

pytestmark = pytest.mark.django_db


def test_what_was_learned_about_a_unit_reads_in_words(cast, client_of):
    unit = make_unit("泉州商会", owner=cast.owner)
    observe(unit, {Field.HEADCOUNT: 312}, learned_on=date(2026, 6, 1), by=cast.owner)
    text = client_of(cast.owner).get(f"/history/accounts.unit/{unit.pk}/").content.decode()
    assert "Something learned about the unit" in text
    assert "Staff in service" in text
    assert "312 people" in text


@pytest.mark.parametrize(
    ("who", "clear"), [("owner", True), ("manager", True), ("director", False), ("clerk", False)]
)
def test_a_mobile_number_in_the_history_is_as_masked_as_on_the_page(cast, client_of, who, clear):
    person = make_person(make_unit("泉州商会", owner=cast.owner), "许志远", mobile="13800138000")
    edit_person(person, {"mobile": "13900139000"}, by=cast.owner, version=1)
    text = client_of(getattr(cast, who)).get(f"/history/accounts.person/{person.pk}/").content.decode()
    assert ("13900139000" in text, "13800138000" in text) == (clear, clear)
    assert ("changed (personal, hidden)" in text) is not clear
    assert "sha256" not in text


@time_machine.travel(NOW, tick=False)
def test_the_history_of_a_plan_holds_its_lines(cast, client_of):
    line = make_line(make_plan(cast.owner))
    cancel_line(line, by=cast.owner, reason="会长出差")
    text = client_of(cast.owner).get(f"/history/visits.week_plan/{line.plan_id}/").content.decode()
    assert "会长出差" in text
    assert f"29 Jun 09:00 {line.title}" in text  # said as everywhere, kept as 2026-06-29


def test_older_entries_follow_by_key(cast, client_of):
    unit = make_unit("泉州商会", owner=cast.owner)
    for number in range(60):
        observe(unit, {Field.HEADCOUNT: number + 1}, learned_on=date(2026, 6, 1), by=cast.owner)
    client = client_of(cast.owner)
    first = client.get(f"/history/accounts.unit/{unit.pk}/")
    assert len(first.context["lines"]) == 50
    rest = client.get(
        f"/history/accounts.unit/{unit.pk}/?before={first.context['older']}", headers={"HX-Request": "true"}
    )
    assert len(rest.context["lines"]) == 10
    assert "<html" not in rest.content.decode()


@pytest.mark.parametrize("address", ["accounts.unit/x/", "accounts.unit/99999999999999999999/", "nothing/1/"])
def test_what_is_not_there_answers_404(cast, client_of, address):
    assert client_of(cast.owner).get(f"/history/{address}").status_code == 404
