"""Bulletins with who has read them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, QuerySet

from kam.core.prepared import Prepared, blank
from kam.users.models import User
from kam.users.terms import Position
from visits.bulletins.models import Acknowledgement, Bulletin


def bulletins_for(user: User) -> QuerySet[Bulletin]:
    """Return published bulletins, newest first, with `is_read` for this person and how many have read each."""
    read = Acknowledgement.objects.filter(bulletin=OuterRef("pk"), user=user)
    return (
        Bulletin.objects.visible_to(user)
        .select_related("written_by")
        .annotate(is_read=Exists(read), read_count=Count("acknowledgements"))
        .order_by("-published_at", "-pk")
    )


def readers() -> QuerySet[User]:
    """Return everybody who is asked to read."""
    return User.objects.working().exclude(position=Position.ADMINISTRATOR)


def _with_readers() -> QuerySet[Any]:
    read = Acknowledgement.objects.filter(bulletin=OuterRef("pk"), user__any_of=blank("people"))
    rows = Bulletin.objects.open().select_related("written_by")
    return rows.annotate(read_by=ArraySubquery(read.values("user")))


_open_ones: Prepared[Any] = Prepared(_with_readers)


def unread(users: Collection[User]) -> dict[int, list[Bulletin]]:
    """Return user id → open bulletins not acknowledged yet, newest first; one statement for everybody."""
    open_ones = _open_ones(people=[user.pk for user in users])
    found = {
        user.pk: [bulletin for bulletin in open_ones if user.pk not in bulletin.read_by]
        for user in users
        if user.position != Position.ADMINISTRATOR
    }
    return {pk: bulletins for pk, bulletins in found.items() if bulletins}


def collect_unread(users: Sequence[User], _day: date) -> dict[int, list[Bulletin]]:
    """Return what everybody still has to read, for Today and the morning's digest."""
    return unread(users)


def text_of_unread(bulletins: list[Bulletin]) -> str:
    """Return the bulletins in plain lines for a mail."""
    return "\n\n".join(f"- {bulletin.title}\n  {bulletin.text}" for bulletin in bulletins)
