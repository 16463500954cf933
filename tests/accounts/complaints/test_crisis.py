"""A crisis: opened from the checklist, worked off, spoken about, passed up, closed with a lesson."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.complaints.models import Crisis, CrisisStep
from accounts.complaints.services import Received, record_complaint
from accounts.complaints.services_crisis import (
    add_step,
    close_crisis,
    finish_step,
    give_step,
    open_crisis,
    pass_up_overdue_steps,
    say_in_crisis,
)
from accounts.complaints.services_service import add_checklist_step, change_checklist_step
from accounts.complaints.terms import ComplaintKind, Severity
from accounts.contacts.terms import ContactChannel
from kam.core.errors import BusinessError
from kam.outbox.models import Notice
from tests.factories.accounts import make_unit


@pytest.fixture
def severe(cast):
    return complain(cast, Severity.SEVERE)


def complain(cast, severity):
    received = Received(ComplaintKind.QUALITY, severity, "渗水", ContactChannel.CALL, date(2026, 3, 4))
    return record_complaint(make_unit(owner=cast.owner), received, owner=cast.owner, by=cast.owner)


def test_every_step_of_the_checklist_gets_a_person_and_an_hour(severe, cast):
    crisis = open_crisis(severe, leader=cast.manager, by=cast.manager)
    steps = list(crisis.steps.all())
    assert len(steps) == 7
    assert {step.responsible for step in steps} == {cast.manager}
    assert steps[0].due_at - crisis.opened_at == timedelta(hours=2)
    assert Notice.objects.filter(to=cast.director, key__startswith=f"crisis:{crisis.pk}:").exists()


def test_what_may_not_be_is_refused_and_changes_nothing(severe, cast):
    with pytest.raises(BusinessError):
        open_crisis(complain(cast, Severity.OTHER), leader=cast.manager, by=cast.manager)
    with pytest.raises(BusinessError):
        open_crisis(severe, leader=cast.gone, by=cast.manager)
    assert not Crisis.objects.exists()
    crisis = open_crisis(severe, leader=cast.manager, by=cast.manager)
    for act in (
        lambda: open_crisis(severe, leader=cast.manager, by=cast.manager),
        lambda: close_crisis(crisis, lesson="learned", by=cast.manager),
        lambda: close_crisis(crisis, lesson=" ", by=cast.manager),
        lambda: add_step(crisis, " ", responsible=cast.owner, due_at=crisis.opened_at, by=cast.manager),
        lambda: say_in_crisis(crisis, "", audience="press", by=cast.manager),
        lambda: give_step(crisis.steps.first(), cast.gone, by=cast.manager),
    ):
        with pytest.raises(BusinessError):
            act()
    crisis.refresh_from_db()
    assert (crisis.closed_at, crisis.steps.count(), crisis.statements.count()) == (None, 7, 0)


def test_it_is_closed_with_a_lesson_when_all_is_done(severe, cast):
    crisis = open_crisis(severe, leader=cast.manager, by=cast.manager)
    for step in crisis.steps.all():
        done = finish_step(step, note="ok", by=cast.manager)
        assert finish_step(done, note="twice", by=cast.owner).note == "ok"
    with pytest.raises(BusinessError):
        give_step(crisis.steps.first(), cast.owner, by=cast.manager)
    say_in_crisis(crisis, "repaired today", audience="customer", by=cast.manager)
    assert close_crisis(crisis, lesson="test the seal", by=cast.manager).lesson == "test the seal"
    with pytest.raises(BusinessError):
        say_in_crisis(crisis, "more", audience="customer", by=cast.manager)


def test_an_overdue_step_is_passed_up_once(severe, cast):
    crisis = open_crisis(severe, leader=cast.manager, by=cast.manager)
    give_step(crisis.steps.first(), cast.owner, by=cast.manager)
    CrisisStep.objects.filter(pk=crisis.steps.first().pk).update(due_at=timezone.now() - timedelta(minutes=1))
    assert pass_up_overdue_steps() == "3"  # responsible, leader, director
    assert pass_up_overdue_steps() == "0"


def test_over_http(severe, cast, client_of):
    boss, owner = client_of(cast.manager), client_of(cast.owner)
    assert owner.get(f"/complaints/{severe.pk}/crisis/").status_code == 403
    answer = boss.post(f"/complaints/{severe.pk}/crisis/", {"leader": cast.manager.pk})
    crisis = Crisis.objects.get()
    assert answer.headers["Location"] == f"/crises/{crisis.pk}/"
    step = crisis.steps.first()
    assert boss.post(f"/crises/steps/{step.pk}/give/", {"responsible": cast.other_team.pk}).status_code == 302
    far = client_of(cast.other_team)  # sees the crisis in which they have a step, not the unit
    page = far.get(f"/crises/{crisis.pk}/").content.decode()
    assert f"/crises/steps/{step.pk}/done/" in page
    assert f"/complaints/{severe.pk}/" not in page
    assert far.get(f"/complaints/{severe.pk}/").status_code == 404
    assert far.post(f"/crises/steps/{step.pk}/done/", {"note": "photographed"}).status_code == 302
    later = {"text": "call", "responsible": cast.owner.pk, "due_at": "2026-12-01T10:00"}
    assert boss.post(f"/crises/{crisis.pk}/steps/", later).status_code == 302
    assert boss.post(f"/crises/{crisis.pk}/say/", {"audience": "媒体", "text": "已修好"}).status_code == 302
    assert "已修好" in boss.get(f"/crises/{crisis.pk}/").content.decode()
    refused = boss.post(f"/crises/{crisis.pk}/close/", {"lesson": "x"})
    assert (refused.status_code, Crisis.objects.get().closed_at) == (422, None)
    assert crisis.steps.count() == 8


def test_the_checklist_is_data(cast):
    values = {"code": "own", "kind": "crisis", "role": "", "label": "Own", "due_in": 1, "place": 99}
    step = add_checklist_step(values, by=cast.director)
    assert change_checklist_step(step, {"label": "Other"}, by=cast.director).label == "Other"
    with pytest.raises(BusinessError):
        change_checklist_step(step, {"kind": "after_sales"}, by=cast.director)
    step.refresh_from_db()
    assert (step.kind, step.label) == ("crisis", "Other")
