"""Coverage read from the tables, for one unit and for many; advice for a person."""

from datetime import date

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from accounts.persons.terms import BuyerRole, Style
from accounts.roles.registers import _panel
from accounts.roles.selectors import SEEN_WITHIN, advice_for, advice_of, coverage_of, coverages_of, seats_of
from accounts.roles.terms import Loss, Seat
from kam.settings_rows.models import SettingRow
from tests.factories.accounts import make_contact, make_person, make_role, make_unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 23)


def test_coverage_reads_roles_meetings_and_attitudes(cast):
    unit = make_unit(owner=cast.owner)
    boss = make_person(unit, "许志远", attitude="neutral", style=Style.TIGER, influence=5)
    make_role(boss)
    make_contact(unit, boss, on=date(2026, 6, 12))
    gone = make_person(unit, "黄秀梅", left_on=date(2026, 5, 1))
    make_role(gone, BuyerRole.USER)
    found = coverage_of(unit.pk, today=TODAY)
    assert (found.score, found.empty) == (22, (Seat.TECHNICAL, Seat.FINANCIAL, Seat.USER))
    assert [lost.loss for lost in found.seats[0].lost] == [Loss.NEUTRAL]
    assert found.seats[0].holder.seen_on == date(2026, 6, 12)


def test_who_counts_as_silent_is_what_is_set_on_the_day(cast):
    unit = make_unit(owner=cast.owner)
    boss = make_person(unit)
    make_role(boss)
    make_contact(unit, boss, on=date(2026, 6, 12))
    SettingRow.objects.create(key=SEEN_WITHIN, value="10", valid_from=TODAY)
    told = [coverage_of(unit.pk, today=day).seats[0].lost for day in (date(2026, 6, 22), TODAY)]
    assert [Loss.SILENT in {lost.loss for lost in found} for found in told] == [False, True]


def test_many_units_need_as_many_statements_as_one(cast):
    units = [make_unit(owner=cast.owner) for _ in range(5)]
    for unit in units:
        make_role(make_person(unit))
    counts = []
    for ids in ([units[0].pk], [unit.pk for unit in units]):
        with CaptureQueriesContext(connection) as queries:
            coverages_of(ids, today=TODAY)
        counts.append(len(queries))
    assert counts == [3, 3]


def test_advice_follows_seat_and_style(cast):
    person = make_person(make_unit(owner=cast.owner), style=Style.OWL)
    make_role(person, BuyerRole.GATEKEEPER, gatekeeper_kind="technical")
    told = advice_of(person, today=TODAY)
    assert [(str(a.seat), str(a.style)) for a in told] == [("Technical gatekeeper", ""), ("", "Owl")]
    assert "do not argue back with evidence at once" in str(told[0].lines[2])
    assert advice_for(seats=[], style="") == []


def test_the_card_draws_seats_and_empty_seats(cast):
    unit = make_unit(owner=cast.same_team)
    make_role(make_person(unit, "许志远"))
    html = render_to_string(
        "accounts/roles/_card.html", {"shown": _panel(unit, cast.manager) | {"can_edit": False}}
    )
    assert html.count('class="vacant"') == 3
    assert "许志远" in html
    assert "never seen −10" in html


def test_seats_are_told_for_the_units_asked_and_with_persons_who_are_there(cast):
    unit, other, left = (make_unit(owner=cast.owner) for _ in range(3))
    for one in (unit, other):
        make_role(make_person(one))
    make_role(make_person(left, left_on=date(2026, 5, 1)))
    later = make_person(unit)
    make_role(later, BuyerRole.USER, started_on=date(2026, 7, 1))
    assert set(seats_of([unit.pk, left.pk], today=TODAY)) == {unit.pk}
    assert Seat.USER in seats_of([unit.pk], today=TODAY)[unit.pk].empty
    assert seats_of([unit.pk], today=TODAY)[unit.pk] == coverage_of(unit.pk, today=TODAY)
