"""Absences: who stands in, who confirms, and that approvals follow."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from kam.approvals.registry import substitutes_on
from kam.core.errors import BusinessError
from kam.outbox.models import Notice
from kam.people.models import Absence
from kam.people.selectors import on_leave, stands_in_for
from kam.people.services.absences import AbsencePlan, add_absence, cancel_absence, confirm_absence
from kam.people.services.users import change_position
from kam.people.terms import AbsenceKind
from kam.users.terms import Position

FROM, UNTIL = date(2026, 12, 1), date(2026, 12, 5)


def away(user, substitute=None, kind=AbsenceKind.LEAVE, started_on=FROM, ended_on=UNTIL):
    return add_absence(user, AbsencePlan(kind, started_on, ended_on, substitute), by=user)


def test_the_same_or_a_higher_position_stands_in_at_once(cast):
    away(cast.manager, cast.other_manager)
    assert substitutes_on(FROM) == substitutes_on(UNTIL) == [(cast.manager.pk, cast.other_manager.pk)]
    assert (substitutes_on(FROM - timedelta(days=1)), substitutes_on(UNTIL + timedelta(days=1))) == ([], [])
    assert on_leave(FROM) == {cast.manager.pk}
    assert stands_in_for(FROM) == {cast.other_manager.pk: [cast.manager]}
    assert Notice.objects.get().to == cast.other_manager


def test_the_substitute_is_told_in_the_own_language(cast):
    cast.other_manager.language = "en"
    with translation.override("zh-hans"):
        away(cast.manager, cast.other_manager)
    assert Notice.objects.get().text == f"You stand in for {cast.manager.name}."


def test_a_lower_one_waits_for_the_superior(cast, client_of):
    absence = away(cast.manager, cast.lead)
    assert substitutes_on(FROM) == []
    assert Notice.objects.get().to == cast.director
    assert client_of(cast.manager).post(f"/me/absences/{absence.pk}/confirm/").status_code == 403
    assert client_of(cast.lead).post(f"/me/absences/{absence.pk}/confirm/").status_code == 403
    assert substitutes_on(FROM) == []
    assert client_of(cast.director).post(f"/me/absences/{absence.pk}/confirm/").status_code == 302
    assert substitutes_on(FROM) == [(cast.manager.pk, cast.lead.pk)]


@pytest.mark.parametrize("moved", ["substitute", "user"])
def test_a_change_of_position_asks_the_superior_whom_nobody_asked_before(cast, client_of, moved):
    """The substitute moves down, or the absent person up: nobody decides in their name until the superior, who is told, agrees."""
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False):
        absence = (
            away(cast.same_team, cast.owner) if moved == "user" else away(cast.manager, cast.other_manager)
        )
        if moved == "user":
            change_position(cast.same_team, Position.TEAM_LEAD, by=cast.gm)
        else:
            change_position(cast.other_manager, Position.SPECIALIST, by=cast.gm)
        superior = cast.manager if moved == "user" else cast.director
        told = Notice.objects.filter(to=superior, kind="people.absence")
        words = f"After a change of position {absence.substitute.name} stands in for {absence.user.name} only once you confirm it."
        assert list(told.values_list("text", "url")) == [(words, "/me/absences/")]
        assert substitutes_on(FROM) == []
        assert client_of(superior).post(f"/me/absences/{absence.pk}/confirm/").status_code == 302
    assert Absence.objects.get().is_decided


def test_a_change_of_position_asks_nobody_about_what_is_over_confirmed_cancelled_or_still_usual(cast):
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False):
        over = (date(2026, 11, 20), date(2026, 11, 22))
        away(cast.manager, cast.other_manager, started_on=over[0], ended_on=over[1])
        confirm_absence(away(cast.manager, cast.lead), by=cast.director)
        later = {"started_on": date(2026, 12, 10), "ended_on": date(2026, 12, 11)}
        cancel_absence(away(cast.lead, cast.manager, **later), by=cast.lead)
        away(cast.owner, cast.manager, started_on=date(2026, 12, 8), ended_on=date(2026, 12, 9))
        before = Notice.objects.count()
        change_position(cast.other_manager, Position.SPECIALIST, by=cast.gm)
        change_position(cast.lead, Position.SPECIALIST, by=cast.gm)
        change_position(cast.owner, Position.TEAM_LEAD, by=cast.gm)
        assert Notice.objects.count() == before


def test_a_substitute_of_another_position_meanwhile_waits_for_the_superior_again(cast):
    """Named as an equal, moved down since: a change of position acts at once; whom the superior confirmed stays confirmed."""
    away(cast.manager, cast.other_manager)
    cast.other_manager.position = Position.SPECIALIST
    cast.other_manager.save(update_fields=["position"])
    assert (substitutes_on(FROM), stands_in_for(FROM)) == ([], {})
    confirm_absence(Absence.objects.get(), by=cast.director)
    assert substitutes_on(FROM) == [(cast.manager.pk, cast.other_manager.pk)]


def test_a_cancelled_absence_ends_the_substitution_and_frees_the_days(cast):
    absence = away(cast.manager, cast.director)
    cancel_absence(absence, by=cast.manager)
    assert (substitutes_on(FROM), on_leave(FROM)) == ([], set())
    with pytest.raises(BusinessError):
        confirm_absence(absence, by=cast.director)
    away(cast.manager, cast.director)
    assert Absence.objects.count() == 2


def test_on_a_trip_digests_go_on(cast):
    away(cast.owner, cast.lead, kind=AbsenceKind.TRIP)
    assert on_leave(FROM) == set()


def test_impossible_ones_are_refused(cast):
    away(cast.manager, cast.director)
    for substitute, started_on, ended_on, who in (
        (None, UNTIL, UNTIL, cast.manager),
        (cast.owner, FROM, UNTIL, cast.owner),
        (cast.gone, FROM, UNTIL, cast.owner),
        (cast.manager, FROM, UNTIL, cast.owner),
        (None, UNTIL, FROM, cast.owner),
    ):
        with pytest.raises(BusinessError):
            away(who, substitute, started_on=started_on, ended_on=ended_on)
    assert Absence.objects.count() == 1


def test_the_page_enters_and_answers_at_the_field(cast, client_of):
    client = client_of(cast.owner)
    day = timezone.localdate() + timedelta(days=3)
    body = {
        "kind": "leave",
        "started_on": day.isoformat(),
        "ended_on": day.isoformat(),
        "substitute": cast.lead.pk,
    }
    assert client.post("/me/absences/", body).status_code == 302
    refused = client.post("/me/absences/", body)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["started_on"])
    assert Absence.objects.count() == 1
