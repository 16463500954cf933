"""manage.py digest plan|followup: makes and sends by hand what the tick makes by itself."""

import json
import time
from argparse import ArgumentParser
from datetime import date, datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kam.audit.context import system
from kam.calendar.selectors import kind_of_day
from kam.calendar.terms import WORKING, DayKind
from kam.core.clock import business_date
from kam.outbox.delivery import deliver_due
from kam.outbox.models import Message
from kam.outbox.terms import MessageState
from kam.today.models import Digest
from kam.today.recipients import Windows, people_on
from kam.today.rules import Moment
from kam.today.services import make, sent_counts
from kam.today.terms import DigestState, Skipped, Slot
from kam.users.models import User

#: How long the command waits for mails that a worker is sending at the same time.
PATIENCE_SECONDS = 30.0


class Command(BaseCommand):
    help = "Make and send the 8:00 or 17:00 digest of one day; what was made before is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slot", choices=[slot.value for slot in Slot])
        parser.add_argument("--date", default="", help="YYYY-MM-DD, today by default")
        parser.add_argument("--user", default="", help="only this staff number")
        parser.add_argument("--dry-run", action="store_true", help="only say how many would be made")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: object, **options: object) -> None:
        as_json = bool(options["json"])
        try:
            answer = self._run(
                Slot(str(options["slot"])),
                _day(str(options["date"])),
                _only(str(options["user"])),
                dry_run=bool(options["dry_run"]),
            )
        except CommandError as error:
            if as_json:
                self.stdout.write(json.dumps({"error": str(error)}, ensure_ascii=False))
            raise
        self.stdout.write(json.dumps(answer) if as_json else _sentence(answer))
        if answer["unsure"]:
            self.stderr.write("Settle the unsure mails at /ops/outbox/?state=unsure.")

    def _run(self, slot: Slot, day: date, only: list[int] | None, *, dry_run: bool) -> dict[str, object]:
        now = timezone.now()
        answer: dict[str, object] = {"slot": slot.value, "date": day.isoformat()}
        answer |= {"made": 0, "already": 0, "sent": 0, "unsure": 0, "skipped": _skipped(slot, day, now, only)}
        if answer["skipped"]:
            return answer
        if dry_run:
            return answer | _would_make(slot, day, now, only)
        with system("digest"):
            made = make(slot, day, now, only=only, by_hand=True)
        _send(made.ids)
        states = sent_counts(made.ids)
        return answer | {
            "made": len(made.ids),
            "already": made.already,
            "sent": states.get(MessageState.SENT, 0),
            "unsure": states.get(MessageState.UNSURE, 0),
        }


def _day(text: str) -> date:
    if not text:
        return business_date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f'"{text}" is not a date; write it like 2026-11-23.') from error


def _only(staff_number: str) -> list[int] | None:
    if not staff_number:
        return None
    user = User.objects.filter(staff_number=staff_number).first()
    if user is None:
        raise CommandError(f'nobody has the staff number "{staff_number}".')
    return [user.pk]


def _skipped(slot: Slot, day: date, now: datetime, only: list[int] | None) -> str | None:
    """Say why nothing is made at all: a day off, or the hour has come for nobody."""
    kind = kind_of_day(day)
    if kind not in WORKING:
        return Skipped.WEEKEND.value if kind is DayKind.WEEKEND else Skipped.HOLIDAY.value
    people, windows = people_on(day, only=only), Windows(slot, day)
    if people and all(windows.of(user).at(now) is Moment.EARLY for user in people):
        return Skipped.NOT_DUE.value
    return None


def _would_make(slot: Slot, day: date, now: datetime, only: list[int] | None) -> dict[str, object]:
    windows = Windows(slot, day)
    people = [u for u in people_on(day, only=only) if windows.of(u).at(now) is not Moment.EARLY]
    have = Digest.objects.filter(user__in=people, date=day, slot=slot, state=DigestState.MADE).count()
    return {"made": len(people) - have, "already": have}


def _send(ids: list[int]) -> None:
    """Send the new mails now; those a worker took meanwhile are waited for."""
    mails = list(
        Digest.objects.filter(pk__in=ids, message__isnull=False).values_list("message_id", flat=True)
    )
    deliver_due(only=mails)
    until = time.monotonic() + PATIENCE_SECONDS
    while (
        Message.objects.filter(pk__in=mails, state=MessageState.SENDING).exists() and time.monotonic() < until
    ):
        time.sleep(0.2)


def _sentence(answer: dict[str, object]) -> str:
    if answer["skipped"]:
        return f"{answer['slot']} {answer['date']}: skipped, {answer['skipped']}"
    return (
        f"{answer['slot']} {answer['date']}: {answer['made']} made, {answer['already']} made before, "
        f"{answer['sent']} sent, {answer['unsure']} unsure"
    )
