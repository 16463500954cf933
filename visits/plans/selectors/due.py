"""What is due and not planned, of one person or of many, as far as the reader may know it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from accounts.units.models import KeyAccount
from kam.core.periods import Period
from kam.users.models import User
from kam.users.scopes import scope_of
from kam.users.terms import Position
from visits.plans.registry import Proposal, proposals_of


def due_of_people(reader: User, people: Sequence[User], week: Period) -> dict[int, list[Proposal]]:
    """Return for each person what is due, with the reader's rights: their units, no birthdays nor words of tasks that are not theirs.

    A fixed number of statements, however many people.
    """
    found = proposals_of(people, week)
    others = [one for user, theirs in found.items() if user != reader.pk for one in theirs]
    if not others:
        return found
    rows = KeyAccount.objects.visible_to(reader).filter(pk__any_of={one.unit_id for one in others})
    teams = dict(rows.values_list("pk", "team_id"))
    return {
        user: theirs if user == reader.pk else list(_readable(reader, theirs, teams))
        for user, theirs in found.items()
    }


def _readable(
    reader: User, theirs: Iterable[Proposal], teams: Mapping[int, int | None]
) -> Iterable[Proposal]:
    manages = scope_of(reader).team_ids if reader.position == Position.MANAGER else ()
    for one in theirs:
        if one.unit_id not in teams or (one.kind == "birthday" and teams[one.unit_id] not in manages):
            continue
        yield replace(one, text=one.detail, detail="", purpose=one.detail) if one.kind == "task" else one
