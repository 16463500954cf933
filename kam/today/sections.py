"""The sections of the ground floor: what waits for a decision, what is due, whom somebody stands in for, the people somebody leads."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kam.approvals.models import Decision, Seat
from kam.approvals.names import subject_name
from kam.approvals.registry import substitutes_on
from kam.approvals.snapshots import spoken
from kam.approvals.terms import CLOSING_ACTIONS, RequestState, StageState
from kam.core.sentences import labelled, listed
from kam.notes.models import Task
from kam.outbox.selectors import counts
from kam.outbox.terms import MessageState
from kam.people.selectors import stands_in_for
from kam.today.asks import Ask, Wanted
from kam.today.models import Digest
from kam.today.team import Owed, TeamDay, owed, owed_wants, team_days, team_wants
from kam.today.terms import DigestState, Exit
from kam.users.models import User

#: So many rows are told one by one, the others are counted.
ROWS_TOLD = 8


@dataclass(frozen=True, slots=True)
class Rows:
    """The first rows of a list, and how many there are."""

    rows: Sequence[Any]
    total: int
    late: int = 0

    @property
    def more(self) -> int:
        return self.total - len(self.rows)

    def __bool__(self) -> bool:
        return self.total > 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that waits for a person's decision; `acting_for` where they stand in for somebody."""

    request: Any
    acting_for: User | None = None
    kept_title: Any = ""

    @property
    def title(self) -> Any:
        """Return what the inbox calls it, on pages only: a digest says the label, which names nobody a proposal is about."""
        return spoken(self.kept_title) or self.request.label

    @property
    def kind(self) -> str:
        """Return what it is that waits, e.g. "Late entry of a visit"."""
        return subject_name(self.request.subject_key)


@dataclass(slots=True)
class _Desk:
    """What waits on one person's desk while it is being collected."""

    found: list[Waiting] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)


def collect_approvals(users: Sequence[User], day: date) -> dict[int, Rows]:
    """Return who has what to decide, in the own name or for somebody absent, oldest first."""
    stand_ins: dict[int, list[int]] = defaultdict(list)
    for absent, stand_in in substitutes_on(day):
        stand_ins[absent].append(stand_in)
    here = {user.pk for user in users}
    desks: dict[int, _Desk] = defaultdict(_Desk)
    for seat in _oldest_first(OPEN_SEATS.of(frozenset(here | stand_ins.keys()), day)):
        for person in [seat.user_id, *stand_ins.get(seat.user_id, ())]:
            if person in here:
                _lay(desks[person], seat, person)
    return {pk: Rows(desk.found[:ROWS_TOLD], len(desk.found)) for pk, desk in desks.items() if desk.found}


def seats_wanted(users: Sequence[User], day: date) -> list[Wanted]:
    """Return what `collect_approvals` will ask: the seats of the absent too."""
    absent = {absent for absent, _stand_in in substitutes_on(day)}
    return [Wanted(OPEN_SEATS, day, frozenset({user.pk for user in users} | absent))]


def _oldest_first(seats: Mapping[int, Sequence[Any]]) -> list[Any]:
    every = [seat for mine in seats.values() for seat in mine]
    return sorted(every, key=lambda seat: (seat.stage.round.request.pending_since, seat.pk))


def _seats(people: Any, _day: date) -> QuerySet[Any]:
    """Return the seats of these people in stages that wait, with `decided_by`: who has decided in this round."""
    decided = Decision.objects.filter(
        action__in=CLOSING_ACTIONS,
        request=OuterRef("stage__round__request"),
        round__number=OuterRef("stage__round__request__round_number"),
    )
    rows = Seat.objects.held().filter(
        user__any_of=people,
        stage__state=StageState.PENDING,
        stage__round__request__state=RequestState.PENDING,
    )
    return (
        rows.select_related("user", "stage__round__request__requester")
        .annotate(
            decided_by=ArraySubquery(decided.values("person")),
            title=F("stage__round__snapshot__content__title"),
        )
        .order_by("stage__round__request__pending_since", "pk")
    )


OPEN_SEATS: Ask[Any] = Ask("approvals.open_seats", _seats)


def _lay(desk: _Desk, seat: Any, person: int) -> None:
    request = seat.stage.round.request
    involved = {
        request.requester_id,
        request.submitted_by_id,
        request.beneficiary_id,
        request.last_editor_id,
    }
    if person in involved or person in seat.decided_by or request.pk in desk.seen:
        return
    desk.seen.add(request.pk)
    desk.found.append(Waiting(request, None if seat.user_id == person else seat.user, seat.title))


def text_of_approvals(data: Rows) -> str:
    """Return one line a request."""
    lines = [
        f"- {row.kind} · {row.request.label} · {row.request.requester} · {date_format(row.request.pending_since, 'SHORT_DATE_FORMAT')}"
        for row in data.rows
    ]
    return "\n".join(lines + _more(data))


def approvals_in_words(data: Rows) -> str:
    """Return "2 decisions"."""
    return ngettext("%(n)d decision", "%(n)d decisions", data.total) % {"n": data.total}


TASKS_DUE: Ask[Task] = Ask(
    "notes.tasks_due",
    lambda people, day: (
        Task.objects.open().filter(assignee__any_of=people, due_on__lte=day).order_by("due_on", "pk")
    ),
    attrgetter("assignee_id"),
)


def collect_tasks(users: Sequence[User], day: date) -> dict[int, Rows]:
    """Return what each person has to do by `day`: what is overdue first."""
    return {
        pk: Rows(rows[:ROWS_TOLD], len(rows), sum(1 for task in rows if task.due_on and task.due_on < day))
        for pk, rows in TASKS_DUE(users, day).items()
    }


def text_of_tasks(data: Rows) -> str:
    """Return one line a task."""
    lines = [
        " · ".join(
            part
            for part in (f"- {task.text}", task.subject_label, date_format(task.due_on, "SHORT_DATE_FORMAT"))
            if part
        )
        for task in data.rows
    ]
    return "\n".join(lines + _more(data))


def tasks_in_words(data: Rows) -> str:
    """Return "3 due", and how many of them are overdue."""
    words = ngettext("%(n)d due", "%(n)d due", data.total) % {"n": data.total}
    if not data.late:
        return words
    return words + " · " + ngettext("%(n)d overdue", "%(n)d overdue", data.late) % {"n": data.late}


def collect_standing_in(users: Sequence[User], day: date) -> dict[int, list[User]]:
    """Return whom each person stands in for on `day`."""
    here = {user.pk for user in users}
    return {stand_in: absent for stand_in, absent in stands_in_for(day).items() if stand_in in here}


def text_of_standing_in(data: Sequence[User]) -> str:
    """Return whose decisions are this person's today."""
    names = listed(user.name for user in data)
    return _("On leave, and you decide for them: %(names)s.") % {"names": names}


def collect_owed(exit_: Exit, users: Sequence[User], day: date) -> Mapping[int, Sequence[Owed]]:
    """Return what each person has not done yet."""
    return owed(users, day, exit_)


def text_of_owed(data: Sequence[Owed]) -> str:
    """Return one line a duty."""
    return "\n".join(f"- {row.text}" for row in data)


def collect_team(exit_: Exit, users: Sequence[User], day: date) -> dict[int, TeamDay]:
    """Return the day of each leader's people."""
    return team_days(users, day, exit_)


def text_of_team(data: TeamDay) -> str:
    """Return the table as lines, and from whom what is missing."""
    lines = [
        f"- {line.name}: "
        + listed(f"{head} {cell.value}" for head, cell in zip(data.heads, line.cells, strict=True))
        if line.cells
        else f"- {line.name}"
        for line in data.lines
    ]
    debts = [labelled(f"{debt.label} ({debt.total})", listed(debt.names)) for debt in data.debts]
    return "\n".join(debts + lines)


def team_in_words(data: TeamDay) -> str:
    """Return what is missing, in numbers."""
    return " · ".join(labelled(debt.label, debt.total) for debt in data.debts)


def collect_machinery(users: Sequence[User], _day: date) -> dict[int, dict[str, int]]:
    """Return for administrators what the outbox and the digests need a person for."""
    states = counts()
    told = {
        "dead": states[MessageState.DEAD],
        "unsure": states[MessageState.UNSURE],
        "missed": Digest.objects.filter(state=DigestState.MISSED).count(),
    }
    return {user.pk: told for user in users}


def text_of_machinery(data: Mapping[str, int]) -> str:
    """Return the three numbers."""
    return _("Dead messages: %(dead)d. Unsure: %(unsure)d. Missed digests: %(missed)d.") % data


def _more(data: Rows) -> list[str]:
    return [ngettext("and %(n)d more", "and %(n)d more", data.more) % {"n": data.more}] if data.more else []


team_at = {exit_: partial(collect_team, exit_) for exit_ in Exit}
owed_at = {exit_: partial(collect_owed, exit_) for exit_ in Exit}
team_wants_at = {exit_: partial(team_wants, exit_) for exit_ in Exit}
owed_wants_at = {exit_: partial(owed_wants, exit_) for exit_ in Exit}
