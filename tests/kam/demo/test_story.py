"""The small story as a whole: it loads through the services, its audit verifies, and it raises the dangers that it should."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from accounts.red_flags.models import RedFlag
from accounts.red_flags.terms import FlagKind
from accounts.units.models import KeyAccount, Observation
from accounts.units.terms import Field
from kam.approvals.models import Request
from kam.calendar.rules import WorkCalendar
from kam.demo import services
from kam.demo.models import DemoPart
from kam.demo.registry import all_parts
from kam.demo.story import Size
from kam.notes.models import Task
from kam.outbox.models import Notice
from kam.people.models import Absence
from kam.today.models import Digest
from visits.appointments.models import Appointment

pytestmark = pytest.mark.django_db
#: A Friday at nine in Shanghai, so that the story is the same whenever the tests run.
DAY = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
#: What the story raises. A changed key person is a danger only while referrals are open, and those come with deals.
RAISED = set(FlagKind) - {FlagKind.KEY_PERSON_CHANGED}


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """Tell the story once for this module, and take it back."""
    with django_db_blocker.unblock(), time_machine.travel(DAY), transaction.atomic():
        played = list(services.load(size=Size.SMALL, seed=2008))
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield played
        transaction.set_rollback(True)


def test_every_part_plays_and_none_twice(told):
    assert [row.name for row in told] == [part.name for part in all_parts()]
    assert all(row.loaded for row in told)
    assert [row.loaded for row in services.load(size=Size.SMALL, seed=1)] == [False] * len(told)
    assert DemoPart.objects.count() == len(told)


def test_the_audit_of_the_story_verifies(told, capsys):
    call_command("audit_verify")
    assert "whole" in capsys.readouterr().out


def test_it_raises_each_listed_danger_and_no_other(told):
    assert set(RedFlag.objects.standing().values_list("kind", flat=True)) == {str(kind) for kind in RAISED}


def test_nobody_at_the_chamber_judges_the_drawings_and_the_guard_of_the_budget_is_silent(told):
    flags = RedFlag.objects.open().filter(unit__name="泉州商会")
    found = {(flag.kind, flag.evidence.get("seat"), flag.evidence.get("person")) for flag in flags}
    assert (str(FlagKind.ROLE_MISSING), "technical", None) in found
    assert (str(FlagKind.NEVER_INTERVIEWED), "financial", "黄秀梅") in found


def test_what_was_promised_was_mostly_done_in_time(told):
    today = timezone.localdate()
    due = Task.objects.filter(due_on__lt=today)
    open_ = due.filter(done_at=None)
    assert due.count() > 30
    assert 0 < open_.count() <= due.count() * 0.2
    assert max(open_.filter(assignee=pk).count() for pk in open_.values_list("assignee", flat=True)) <= 2
    assert not Task.objects.filter(done_at__gt=timezone.now()).exists()


def test_what_is_known_of_a_unit_hardly_moves(told):
    for unit in KeyAccount.objects.all():
        rows = Observation.objects.filter(unit=unit, field=Field.HEADCOUNT).order_by("learned_on", "pk")
        values = [int(row.value) for row in rows]
        assert all(0 <= new - old <= old * 0.1 + 3 for old, new in pairwise(values))
    powers = Observation.objects.filter(field=Field.PURCHASING_POWER)
    changed = [
        unit
        for unit in KeyAccount.objects.all()
        if len(set(powers.filter(unit=unit).values_list("value"))) > 1
    ]
    assert len(changed) == 1


def test_decisions_wait_and_somebody_stands_in(told):
    today = timezone.localdate()
    waiting = Request.objects.filter(state="pending")
    assert {"visit_plan", "late_entry", "key_person_change", "rule_change"} <= set(
        waiting.values_list("subject_key", flat=True)
    )
    absence = Absence.objects.get(started_on__lte=today, ended_on__gte=today)
    assert (absence.user.staff_number, absence.substitute.staff_number) == ("manager2", "manager1")
    ahead = Appointment.objects.filter(starts_at__date__range=(today, today + timedelta(days=1)))
    assert ahead.count() >= 2


def test_the_last_working_day_was_told_as_it_was_then_and_older_notices_are_read(told):
    today = timezone.localdate()
    last = WorkCalendar().add(today, -1)
    assert set(Digest.objects.values_list("date", flat=True)) == {last}
    morning = Digest.objects.get(user__staff_number="specialist2", date=last, slot="plan")
    rings = next(block["text"] for block in morning.blocks if block["key"] == "quotas")
    assert "：0 / " in rings.splitlines()[0]
    unread = list(Notice.objects.unread())
    assert len({notice.to_id for notice in unread}) > 3  # several bells ring on the first morning
    assert all(timezone.localdate(notice.created_at) >= last for notice in unread)
    assert Notice.objects.exclude(read_at=None).exists()
