"""Who is away, and who acts for whom: asked by approvals and digests, one statement each."""

from collections import defaultdict
from datetime import date

from kam.people.models import Absence
from kam.people.terms import AbsenceKind
from kam.users.models import User


def on_leave(day: date) -> set[int]:
    """Return the ids of everybody on leave that day; they get no digests."""
    return set(Absence.objects.on(day).filter(kind=AbsenceKind.LEAVE).values_list("user_id", flat=True))


def substitutes_on(day: date) -> list[tuple[int, int]]:
    """Return (absent, substitute) for that day: confirmed where that was needed, both still working here."""
    rows = Absence.objects.on(day).decided().filter(user__is_active=True, substitute__is_active=True)
    return [(row.user_id, row.substitute_id) for row in rows if row.substitute_id is not None]


def stands_in_for(day: date) -> dict[int, list[User]]:
    """Return substitute → the people they stand in for that day, for the section in the substitute's digest."""
    found: dict[int, list[User]] = defaultdict(list)
    rows = Absence.objects.on(day).decided().filter(user__is_active=True).select_related("user")
    for row in rows:
        if row.substitute_id is not None:
            found[row.substitute_id].append(row.user)
    return dict(found)
