"""manage.py digest, as others rely on it (spec 10)."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from kam.calendar.services import set_day
from kam.outbox.models import Message
from kam.outbox.services import post
from kam.outbox.terms import MessageState
from kam.today.models import Digest
from tests.kam.outbox.server import mail_server

pytestmark = pytest.mark.django_db

TUESDAY = "2026-06-23"


@pytest.fixture(autouse=True)
def _tuesday_afternoon():
    with time_machine.travel(datetime(2026, 6, 23, 6, 0, tzinfo=UTC)):
        yield


def run(*arguments):
    out = StringIO()
    call_command("digest", *arguments, "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def answer(slot="plan", date=TUESDAY, made=0, already=0, sent=0, unsure=0, skipped=None):
    return {
        "slot": slot, "date": date, "made": made, "already": already, "sent": sent, "unsure": unsure, "skipped": skipped,
    }  # fmt: skip


def test_it_makes_and_sends_once(cast, settings, mailoutbox):
    del mailoutbox
    with mail_server(settings) as server:
        assert run("plan", "--date", TUESDAY) == answer(made=13, sent=13)
        assert run("plan", "--date", TUESDAY) == answer(already=13)
    assert len(server.taken) == 13


def test_one_person(cast, settings):
    with mail_server(settings) as server:
        assert run("plan", "--user", "owner") == answer(made=1, sent=1)
        assert run("plan") == answer(made=12, already=1, sent=12)
    assert len(server.taken) == 13


def test_a_dry_run_writes_nothing(cast):
    assert run("plan", "--dry-run") == answer(made=13)
    assert (Digest.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("slot", "date", "skipped"),
    [
        ("plan", "2026-06-13", "weekend"),
        ("plan", "2026-06-19", "holiday"),
        ("plan", "2026-06-24", "not_due"),
        ("followup", TUESDAY, "not_due"),
    ],
)
def test_what_is_skipped(cast, slot, date, skipped):
    assert run(slot, "--date", date) == answer(slot, date, skipped=skipped)
    assert Digest.objects.count() == 0


def test_a_day_the_department_took_off_is_a_holiday(cast):
    set_day(datetime.fromisoformat(TUESDAY).date(), is_working=False, by=None)
    assert run("plan") == answer(skipped="holiday")


def test_mail_that_does_not_go_out_is_not_counted_as_sent(cast, settings):
    with mail_server(settings, data="451 later"):
        assert run("plan", "--user", "owner") == answer(made=1)
    assert Message.objects.get().state == MessageState.PLANNED


def test_unsure_mail_is_counted(cast, settings):
    with mail_server(settings, hang_up=True):
        assert run("plan", "--user", "owner") == answer(made=1, unsure=1)


def test_other_messages_are_left_to_the_sweeper(cast, settings):
    post(key="other", to=cast.owner, kind="test", subject="s", text="t")
    with mail_server(settings) as server:
        run("plan", "--user", "owner")
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("plan", "--user", "nobody"), 'nobody has the staff number "nobody".'),
        (("plan", "--date", "23.6."), '"23.6." is not a date; write it like 2026-11-23.'),
    ],
)
def test_errors_are_json_too(cast, arguments, error):
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("digest", *arguments, "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"error": error}
