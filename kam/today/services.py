"""Making digests: one row per person, date and slot, whatever runs twice, dies or comes late (R-22, R-23).

Everything about one person is written in one transaction: the row, the mail, the line under the bell. Sending is the outbox's.
"""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone, translation

from kam.calendar.selectors import work_calendar
from kam.core.clock import business_date
from kam.core.once import reading
from kam.outbox.models import Message, Notice
from kam.outbox.services import Letter, notify_many, post_many
from kam.today import blocks, mail
from kam.today.models import Digest, DigestWatch
from kam.today.recipients import Windows, days_of_now, people_on
from kam.today.rules import Moment, Window
from kam.today.terms import DigestState, Exit, Slot
from kam.users.models import User

CHUNK = 500
#: Nobody looks further back for what was missed.
LONGEST_LOOK_BACK = timedelta(days=31)
KIND = "digest"


@dataclass(slots=True)
class Made:
    """What making did for one slot and day; `ids` are the new rows."""

    slot: Slot
    day: date
    already: int = 0
    ids: list[int] = field(default_factory=list)


def make_due(now: datetime | None = None) -> list[Made]:
    """Make every digest that is due now, for everybody who has none yet; the tick's work."""
    now = now or timezone.now()
    watch(now)
    with reading():
        calendar = work_calendar()
        working = [day for day in days_of_now(now) if calendar.is_working(day)]
        done = [make(slot, day, now) for day in working for slot in Slot]
    return [made for made in done if made.ids]


def make(
    slot: Slot,
    day: date,
    now: datetime,
    *,
    only: Collection[int] | None = None,
    by_hand: bool = False,
) -> Made:
    """Make the digests of one slot and day for those who may have them now; `by_hand` also when the time for it is over."""
    windows, made = Windows(slot, day), Made(slot, day)
    allowed = {Moment.DUE, Moment.LATE} | ({Moment.OVER} if by_hand else set())
    if only is None and not _may_be_open(slot, day, now, by_hand=by_hand):
        return made
    with reading():
        people = [user for user in people_on(day, only=only) if windows.of(user).at(now) in allowed]
        have = set(
            Digest.objects.filter(
                user__in=[user.pk for user in people], date=day, slot=slot, state=DigestState.MADE
            ).values_list("user_id", flat=True)
        )
        made.already = len(have)
        left = [user for user in people if user.pk not in have]
        for chunk in _chunks(left):
            made.ids += _make_chunk(chunk, windows, now, replace_missed=by_hand)
    return made


def watch(now: datetime) -> DigestWatch:
    """Return since when this installation makes digests: from its first tick on. What was due before is never missed."""
    row, _ = DigestWatch.objects.get_or_create(pk=1, defaults={"since": now, "checked_at": now})
    return row


def mark_missed(now: datetime | None = None) -> int:
    """Mark what nobody got in time, for the administrator to see; returns how many."""
    now = now or timezone.now()
    seen = watch(now)
    calendar, count = work_calendar(), 0
    first = business_date(max(seen.checked_at, now - LONGEST_LOOK_BACK)) - timedelta(days=1)
    for n in range((business_date(now) - first).days + 2):
        day = first + timedelta(days=n)
        if calendar.is_working(day):
            count += sum(_mark_missed_on(slot, day, seen.since, now) for slot in Slot)
    DigestWatch.objects.filter(pk=1, checked_at__lt=now).update(checked_at=now)
    return count


def _mark_missed_on(slot: Slot, day: date, since: datetime, now: datetime) -> int:
    windows = Windows(slot, day)
    have = set(Digest.objects.filter(date=day, slot=slot).values_list("user_id", flat=True))
    rows = [
        Digest(
            user=user,
            date=day,
            slot=slot,
            state=DigestState.MISSED,
            due_at=windows.of(user).opens,
            language=user.language,
        )
        for user in people_on(day)
        if user.pk not in have
        and user.joined_on < day
        and windows.of(user).opens > since
        and windows.of(user).at(now) is Moment.OVER
    ]
    Digest.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _may_be_open(slot: Slot, day: date, now: datetime, *, by_hand: bool) -> bool:
    """Say whether the slot can be open anywhere on earth: spares the questions in most minutes of a day."""
    earliest = Windows(slot, day).of(User(time_zone="Pacific/Kiritimati"))
    latest = Windows(slot, day).of(User(time_zone="Etc/GMT+12"))
    return earliest.opens <= now and (by_hand or now <= latest.closes)


def _chunks(people: Sequence[User]) -> Iterator[Sequence[User]]:
    for start in range(0, len(people), CHUNK):
        yield people[start : start + CHUNK]


def _make_chunk(
    people: Sequence[User], windows: Windows, now: datetime, *, replace_missed: bool
) -> list[int]:
    """Collect and draw outside of any transaction, then write rows, mails and notices in one."""
    exit_ = Exit(windows.slot.value)
    blocks.prepare(people, windows.day, exit_)
    collected = blocks.collect(people, windows.day, exit_)
    batch = uuid.uuid4()
    drafts = [
        _draft(
            user,
            windows.of(user),
            now,
            blocks.draw(user, windows.day, exit_, collected),
            batch,
        )
        for user in people
    ]
    with transaction.atomic():
        if replace_missed:
            _forget_missed(people, windows)
        Digest.objects.bulk_create(drafts, ignore_conflicts=True)
        # Only rows of this batch are ours: whoever came second made none and sends nothing.
        mine = list(Digest.objects.filter(batch=batch).select_related("user"))
        _post(mine, windows)
    return [digest.pk for digest in mine]


def _draft(
    user: User, when: Window, now: datetime, drawn: Sequence[blocks.Block], batch: uuid.UUID
) -> Digest:
    with translation.override(user.language):
        subject = mail.subject_of(when.slot, when.day, drawn)
    return Digest(
        user=user,
        date=when.day,
        slot=when.slot,
        state=DigestState.MADE,
        due_at=when.opens,
        made_at=now,
        is_late=now > when.late_after,
        language=user.language,
        subject=subject,
        blocks=[block.as_json() for block in drawn],
        batch=batch,
    )


def _forget_missed(people: Sequence[User], windows: Windows) -> None:
    Digest.objects.filter(
        user__in=[user.pk for user in people],
        date=windows.day,
        slot=windows.slot,
        state=DigestState.MISSED,
    ).delete()


def _post(digests: Sequence[Digest], windows: Windows) -> None:
    """Put the mails into the outbox and the lines under the bells, and tie each mail to its digest."""
    letters = [
        _letter(digest, windows.of(digest.user)) for digest in digests if digest.user.wants_digest_mail
    ]
    post_many(letters)
    mail_of = Message.objects.filter(key=Concat(Value("digest:"), Cast(OuterRef("pk"), TextField())))
    Digest.objects.filter(pk__in=[digest.pk for digest in digests]).update(
        message=Subquery(mail_of.values("pk"))
    )
    notify_many(
        [
            Notice(key=_key(digest), kind=KIND, to=digest.user, text=digest.subject, url=page_of(digest))
            for digest in digests
        ]
    )


def _letter(digest: Digest, when: Window) -> Letter:
    by_hand = digest.made_at is not None and digest.made_at > when.closes
    with translation.override(digest.language):
        text, html = mail.text_of(digest), mail.html_of(digest)
        late = mail.late_text(digest.slot)
    return Letter(
        key=_key(digest),
        to=digest.user,
        kind=KIND,
        subject=digest.subject,
        text=text,
        html=html,
        attachments=[mail.pdf_of(digest)] if digest.user.wants_digest_pdf else [],
        late_after=when.late_after,
        late_text=late,
        not_after=None if by_hand else when.closes,
    )


def _key(digest: Digest) -> str:
    return f"digest:{digest.pk}"


def page_of(digest: Digest) -> str:
    """Return the address of a digest's page."""
    return reverse("today-digest", kwargs={"day": digest.date, "slot": digest.slot})


def sent_counts(ids: Collection[int]) -> dict[str, int]:
    """Return state of the mail → number of digests among `ids`."""
    states = Digest.objects.filter(pk__in=ids, message__isnull=False).values_list(
        F("message__state"), flat=True
    )
    found: dict[str, int] = {}
    for state in states:
        found[state] = found.get(state, 0) + 1
    return found
