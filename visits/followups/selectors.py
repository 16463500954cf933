"""Which units were touched on a day, and what the form already knows about them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Value

from accounts.contacts.models import Contact
from accounts.units.models import KeyAccount
from kam.today.asks import Tally
from kam.users.models import Team, User
from kam.users.terms import Position
from visits.followups.models import FollowUp, FollowUpRow
from visits.visits.models import Visit


@dataclass(slots=True)
class Touched:
    """One unit of the day: what visits and calls already say."""

    unit: KeyAccount
    done: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    next_step: str = ""
    next_step_on: date | None = None
    result: str = ""


def touched_units(user: User, day: date) -> list[Touched]:
    """Return the units that a person visited, called or wrote to on `day`, in the order of the day."""
    found: dict[int, Touched] = {}
    for contact in Contact.objects.filter(by=user, on=day).select_related("unit").order_by("at", "pk"):
        touched = found.setdefault(contact.unit_id, Touched(contact.unit))
        words = [str(contact.get_channel_display()), contact.text]
        touched.done.append("：".join(word for word in words if word))
    for visit in Visit.objects.filter(user=user, on=day).select_related("unit").order_by("started_at", "pk"):
        touched = found.setdefault(visit.unit_id, Touched(visit.unit))
        touched.problems += [visit.problems] if visit.problems else []
        touched.result = str(visit.get_outcome_display())
        touched.next_step, touched.next_step_on = visit.next_step, visit.next_step_on
    return list(found.values())


def units_of_the_day(user: User, day: date) -> QuerySet[KeyAccount]:
    """Return what a row may name: units one sees, and those of that day's own work although they belong to somebody else by now."""
    touched = Contact.objects.filter(by=user, on=day).values("unit")
    visited = Visit.objects.filter(user=user, on=day).values("unit")
    told = FollowUpRow.objects.filter(follow_up__user=user, follow_up__day=day).values("unit")
    seen = KeyAccount.objects.visible_to(user).values("pk")
    return KeyAccount.objects.filter(Q(pk__in=seen) | Q(pk__in=touched) | Q(pk__in=visited) | Q(pk__in=told))


def rows_of(forms: Collection[FollowUp]) -> QuerySet[FollowUpRow]:
    """Return the rows of several forms with what they show."""
    return FollowUpRow.objects.filter(follow_up__in=forms).select_related(
        "unit", "next_step_owner", "help_from", "follow_up__user"
    )


def followup_for_page(user: User, pk: int) -> QuerySet[FollowUp]:
    """Return the form with what its page shows."""
    return (
        FollowUp.objects.visible_to(user)
        .filter(pk=pk)
        .select_related("user", "team")
        .prefetch_related(
            "rows__unit", "rows__next_step_owner", "rows__help_from", "rows__step_task", "rows__help_task"
        )
    )


def _handed_in(people: Collection[int], day: date) -> QuerySet[FollowUp, Any]:
    rows = FollowUp.objects.submitted().filter(user__any_of=people, day=day).order_by()
    return rows.values_list("user").annotate(of=Value(0), n=Value(1))


#: Who has handed in the form of a day.
HANDED_IN = Tally("followups.handed_in", _handed_in)


@dataclass(frozen=True, slots=True)
class Raised:
    """A problem or a wish for help out of the day's forms."""

    who: str
    unit: str
    text: str
    help_from: str = ""
    form_id: int = 0


def raised_on(leaders: Sequence[User], day: date) -> dict[int, list[Raised]]:
    """Return leader id → problems raised and help asked in their people's forms of `day`; three statements for everybody."""
    told = _raised_by_team(day)
    teams = list(Team.objects.values_list("pk", "lead", "manager")) if told else []
    found: dict[int, list[Raised]] = {}
    for leader in leaders:
        everybody = leader.position == Position.DIRECTOR
        mine = [pk for pk, *heads in teams if everybody or leader.pk in heads]
        raised = [row for pk in mine for row in told.get(pk, ())]
        if raised:
            found[leader.pk] = raised
    return found


def _raised_by_team(day: date) -> dict[int | None, list[Raised]]:
    told: dict[int | None, list[Raised]] = defaultdict(list)
    forms = list(FollowUp.objects.submitted().filter(day=day).select_related("user"))
    for form in forms:
        if form.problems:
            told[form.team_id].append(Raised(form.user.name, "", form.problems, form_id=form.pk))
    for row in rows_of(forms).exclude(problems="", help_wanted="").order_by("pk"):
        team, form = told[row.follow_up.team_id], row.follow_up
        if row.problems:
            team.append(Raised(form.user.name, row.unit.name, row.problems, form_id=form.pk))
        if row.help_wanted and row.help_from:
            asked = row.help_from.name
            team.append(Raised(form.user.name, row.unit.name, row.help_wanted, asked, form.pk))
    return dict(told)


def text_of_raised(raised: list[Raised]) -> str:
    """Return problems and help in plain lines for a mail."""
    return "\n".join(
        f"- {row.who} · {row.unit} · {row.text}" + (f" → {row.help_from}" if row.help_from else "")
        for row in raised
    )
