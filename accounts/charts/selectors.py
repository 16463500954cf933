"""The picture of a unit on a day, read from dated rows: five queries for any number of days and persons."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.charts.labels import NO_KEY_PERSON_ANY_MORE, SENTENCES
from accounts.charts.models import DecisionFlow
from accounts.charts.rules.compare import Change, compare
from accounts.charts.rules.flow import Step, deciders
from accounts.charts.rules.picture import (
    Dated,
    Figure,
    HeldSeat,
    Picture,
    Tie,
    between_those_present,
    value_on,
)
from accounts.charts.terms import ChangeKind, StepKind
from accounts.persons.labels import ATTITUDE_LABELS, INSIDER_LABELS, RELATION_LABELS
from accounts.persons.models import KeyPersonPeriod, Person, PersonFact, PersonRole, Relation
from accounts.persons.terms import Attitude, Confidence, Insider, RelationKind
from accounts.roles.labels import SEAT_LABELS
from accounts.roles.terms import Seat, seat_of
from accounts.units.models import KeyAccount

#: Field of the picture → what stands where the day knew nothing yet.
_BLANK: dict[str, Any] = {
    "post": "",
    "department": "",
    "reports_to": None,
    "attitude": Attitude.UNKNOWN.value,
    "influence": None,
    "insider": Insider.NONE.value,
    "style": "",
}


@dataclass(frozen=True, slots=True)
class UnitHistory:
    """Everything dated about the persons of a unit; `on(day)` draws any day from it without asking again."""

    persons: list[Person]
    facts: dict[int, list[Dated]]
    roles: dict[int, list[PersonRole]]
    periods: list[KeyPersonPeriod]
    relations: list[Relation]

    def on(self, day: date) -> Picture:
        """Return the picture of `day`."""
        keys = {period.person_id for period in self.periods if _runs(period, day)}
        figures = tuple(
            self._figure(person, day, is_key=person.pk in keys)
            for person in self.persons
            if person.added_on <= day and (person.left_on is None or day < person.left_on)
        )
        ties = [_tie(relation) for relation in self.relations if _runs(relation, day)]
        return Picture(day, figures, between_those_present(ties, [figure.id for figure in figures]))

    def _figure(self, person: Person, day: date, *, is_key: bool) -> Figure:
        rows = self.facts.get(person.pk, [])

        def known(name: str) -> Any:
            on_file = person.reports_to_id if name == "reports_to" else getattr(person, name)
            return value_on(rows, name, day, otherwise=on_file, blank=_BLANK[name])

        held: dict[Seat, bool] = {}
        for role in self.roles.get(person.pk, ()):
            if _runs(role, day):
                seat = seat_of(role.role, role.gatekeeper_kind)
                held[seat] = held.get(seat, True) and role.confidence == Confidence.ASSUMED
        return Figure(
            person.pk,
            person.name,
            known("post") or "",
            known("department") or "",
            known("reports_to"),
            tuple(HeldSeat(seat, held[seat]) for seat in Seat if seat in held),
            known("attitude"),
            known("influence"),
            known("insider"),
            known("style") or "",
            is_key,
        )

    @property
    def first_on(self) -> date | None:
        """The day the first person was added, None where nobody was."""
        return min((person.added_on for person in self.persons), default=None)


def _runs(row: PersonRole | KeyPersonPeriod | Relation, day: date) -> bool:
    return row.started_on <= day and (row.ended_on is None or day < row.ended_on)


def _tie(relation: Relation) -> Tie:
    staff = relation.staff
    return Tie(
        relation.person_id,
        relation.kind,
        relation.other_id,
        staff.pk if staff else None,
        relation.strength,
        staff.name if staff else "",
    )


def history_of(unit: KeyAccount) -> UnitHistory:
    """Read everything dated about the persons of `unit`. Five queries."""
    rows = PersonFact.objects.filter(person__unit=unit, field__in=_BLANK).order_by("learned_on", "id")
    facts: dict[int, list[Dated]] = defaultdict(list)
    for person_id, name, value, learned_on in rows.values_list("person_id", "field", "value", "learned_on"):
        facts[person_id].append(Dated(name, value, learned_on))
    roles: dict[int, list[PersonRole]] = defaultdict(list)
    for role in PersonRole.objects.filter(person__unit=unit).order_by("started_on", "id"):
        roles[role.person_id].append(role)
    return UnitHistory(
        list(Person.objects.filter(unit=unit).order_by("pk")),
        dict(facts),
        dict(roles),
        list(KeyPersonPeriod.objects.filter(unit=unit)),
        list(Relation.objects.filter(person__unit=unit).select_related("staff").order_by("pk")),
    )


def last_quarter_end(day: date) -> date:
    """Return the last day of the quarter before the one of `day`."""
    return day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1) - timedelta(days=1)


def told_changes(before: Picture, after: Picture) -> list[str]:
    """Return what changed between two pictures as sentences in the reader's language."""
    names = {figure.id: figure.name for picture in (before, after) for figure in picture.figures}
    return [_sentence(change, names) for change in compare(before, after)]


def _sentence(change: Change, names: dict[int, str]) -> str:
    if change.kind is ChangeKind.KEY_PERSON and not change.new:
        return str(NO_KEY_PERSON_ANY_MORE % {"name": change.name})
    if isinstance(tie := change.new or change.old, Tie):
        other = tie.staff_name if tie.other_id is None else names[tie.other_id]
        words = {"name": change.name, "tie": RELATION_LABELS[RelationKind(tie.kind)], "other": other}
    else:
        words = {
            "name": change.name,
            "old": _word(change.kind, change.old, names),
            "new": _word(change.kind, change.new, names),
        }
    return str(SENTENCES[change.kind] % words)


def _word(kind: ChangeKind, value: Any, names: dict[int, str]) -> str:
    if value in (None, ""):
        return "–"
    if kind is ChangeKind.BOSS:
        return names.get(value, "–")
    if kind is ChangeKind.ATTITUDE:
        return str(ATTITUDE_LABELS[Attitude(value)])
    if kind is ChangeKind.INSIDER:
        return str(INSIDER_LABELS[Insider(value)])
    return str(SEAT_LABELS[value]) if isinstance(value, Seat) else str(value)


def flow_on(unit: KeyAccount, day: date) -> DecisionFlow | None:
    """Return the flow as it was known on `day`, with its steps and their persons. Two queries."""
    flows = DecisionFlow.objects.filter(unit=unit, drawn_on__lte=day).order_by("-revision")
    return flows.select_related("by").prefetch_related("steps__person").first()


def steps_of(flow: DecisionFlow) -> list[Step]:
    """Return the steps as the rules know them."""
    return [Step(StepKind(step.kind), step.person_id, step.who, step.days) for step in flow.steps.all()]


def flows_told(unit_ids: Collection[int], today: date) -> dict[int, dict[str, Any]]:
    """Tell the red flags how many people decide finally, for units whose flow was drawn. Two queries."""
    latest = (
        DecisionFlow.objects.filter(unit_id__in=unit_ids, drawn_on__lte=today)
        .order_by("unit_id", "-revision")
        .distinct("unit_id")
        .prefetch_related("steps")
    )
    return {
        flow.unit_id: {
            "flows": [
                {
                    "id": flow.pk,
                    "drawn_on": flow.drawn_on,
                    "drawn_at": flow.created_at,
                    "deciders": deciders(steps_of(flow)),
                }
            ]
        }
        for flow in latest
    }
