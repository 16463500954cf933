"""What one card shows, made from rows already read: the frozen snapshot, the route with its trace, how long it waits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kam.approvals.models import STATE_LABELS, Decision, Request, Round, Stage
from kam.approvals.registry import Subject, all_subjects, substitutes_on
from kam.approvals.selectors import involved_in, request_for, with_rounds
from kam.approvals.snapshots import spoken
from kam.approvals.terms import CLOSING_ACTIONS, Action, Outcome, RequestState, StageState
from kam.core.clock import business_date
from kam.core.sentences import listed, parted
from kam.users.models import POSITION_LABELS, User
from kam.users.terms import Position

OUTCOME_LABELS = {
    Outcome.NOT_NEEDED: _("not needed for this request"),
    Outcome.OWN_LEVEL: _("not above who asks"),
    Outcome.VACANT: _("position vacant"),
    Outcome.INVOLVED: _("involved, so the next person up decides"),
    Outcome.SAME_PERSON: _("decides another step already"),
}
ACTION_LABELS = {
    Action.APPROVE: _("Approved"),
    Action.RETURN: _("Returned"),
    Action.REJECT: _("Rejected"),
    Action.DELEGATE: _("Delegated"),
}
STATE_COLOURS = {
    RequestState.PENDING: "pending",
    RequestState.RETURNED: "warn",
    RequestState.APPROVED: "good",
    RequestState.REJECTED: "danger",
    RequestState.WITHDRAWN: "draft",
    RequestState.VOIDED: "warn",
}
#: Keys of a snapshot that have a place of their own on the card; the rest is listed under its label. What has none is kept to
#: see changes by and stands among the facts in words.
PLACED = frozenset(
    [
        "title",
        "subtitle",
        "unit",
        "amount",
        "why",
        "flags",
        "facts",
        "history",
        "budget",
        "lines",
        "days",
        "line_heads",
        "url",
    ]
)
LATE = timedelta(days=1)
VERY_LATE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class RouteLine:
    """One mark of the route: ok, me, wait or skip; `who` and what happened there."""

    kind: str
    number: int
    who: str
    position: str = ""
    at: datetime | None = None
    text: Any = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RoundView:
    """One round for the page "what did the director see?"."""

    number: int
    submitted_at: datetime
    submitted_by: str
    digest: str
    route: str
    content: Mapping[str, Any]
    others: list[tuple[str, Any]]
    steps: list[RouteLine]


@dataclass(frozen=True, slots=True)
class Card:
    """A request as its reader sees it."""

    request: Request
    subject: Subject | None
    content: Mapping[str, Any]
    others: list[tuple[str, Any]]
    steps: list[RouteLine]
    waited: timedelta
    state: Any
    colour: str
    can_decide: bool
    acting_for: str = ""
    earlier: list[RoundView] = field(default_factory=list)

    @property
    def label(self) -> Any:
        return self.subject.label if self.subject else self.request.subject_key

    @property
    def lateness(self) -> str:
        """Return the colour class of the time waited; words stand beside it."""
        if self.request.state != RequestState.PENDING or self.waited < LATE:
            return "mut"
        return "c-danger b5" if self.waited >= VERY_LATE else "c-warn b5"


def cards_for(user: User, requests: list[Request]) -> list[Card]:
    """Return a card per request (read by `selectors.with_rounds`); no further query but the substitutes'."""
    away = dict(substitutes_on(business_date()))
    absent = {who for who, stand_in in away.items() if stand_in == user.pk}
    return [_card(user, request, absent) for request in requests]


def _card(user: User, request: Request, absent: set[int]) -> Card:
    rounds = list(request.rounds.all())
    current = rounds[-1]
    subject = all_subjects().get(request.subject_key)
    content = spoken(current.snapshot.content)
    stage = next((s for s in current.stages.all() if s.state == StageState.PENDING), None)
    chair = _chair(user, request, current, stage, absent)
    return Card(
        request=request,
        subject=subject,
        content=content,
        others=_others(subject, content),
        steps=_steps(request, current, user),
        waited=timezone.now() - request.pending_since,
        state=STATE_LABELS[RequestState(request.state)],
        colour=STATE_COLOURS[RequestState(request.state)],
        can_decide=chair is not None,
        acting_for=chair or "",
        earlier=[_round_view(subject, request, round_, user) for round_ in reversed(rounds[:-1])],
    )


def _chair(user: User, request: Request, current: Round, stage: Stage | None, absent: set[int]) -> str | None:
    """Return "" for an own seat, the absent person's name for a borrowed one, None without; same rule as `selectors.chair_of`."""
    if stage is None or not user.is_active or user.pk in involved_in(request):
        return None
    if any(d.person_id == user.pk and d.action in CLOSING_ACTIONS for d in current.decisions.all()):
        return None
    seated = {seat.user_id: seat.user.name for seat in stage.seats.all()}
    if user.pk in seated:
        return ""
    return next((name for pk, name in seated.items() if pk in absent), None)


def _others(subject: Subject | None, content: Mapping[str, Any]) -> list[tuple[str, Any]]:
    labels: Mapping[str, Any] = subject.labels if subject else {key: key for key in content}
    return [
        (str(labels[key]), parted(value) if isinstance(value, list) else value)
        for key, value in content.items()
        if key in labels and key not in PLACED and not isinstance(value, dict) and value not in ("", None, [])
    ]


def _round_view(subject: Subject | None, request: Request, round_: Round, user: User) -> RoundView:
    content = spoken(round_.snapshot.content)
    return RoundView(
        number=round_.number,
        submitted_at=round_.submitted_at,
        submitted_by=round_.submitted_by.name,
        digest=round_.snapshot.digest,
        route=str(round_.route),
        content=content,
        others=_others(subject, content),
        steps=_steps(request, round_, user),
    )


def _steps(request: Request, round_: Round, user: User) -> list[RouteLine]:
    lines = [
        RouteLine("ok", 0, round_.submitted_by.name, at=round_.submitted_at, text=_("Submitted")),
        *[_stage_line(stage, round_, user) for stage in round_.stages.all()],
    ]
    for line in round_.trace:
        outcome = Outcome(line["outcome"])
        if outcome in OUTCOME_LABELS:
            lines.append(
                RouteLine("skip", 0, positions_text(line["positions"]), text=OUTCOME_LABELS[outcome])
            )
    if round_.number == request.round_number and request.state in {
        RequestState.WITHDRAWN,
        RequestState.VOIDED,
    }:
        who = request.closed_by.name if request.closed_by else ""
        state = STATE_LABELS[RequestState(request.state)]
        lines.append(
            RouteLine("skip", 0, who, at=request.closed_at, text=state, reason=request.closed_reason)
        )
    return lines


def _stage_line(stage: Stage, round_: Round, user: User) -> RouteLine:
    decisions = [d for d in round_.decisions.all() if d.stage_id == stage.pk]
    closing = next((d for d in decisions if d.action in CLOSING_ACTIONS), None)
    position = positions_text(stage.positions)
    if closing is not None:
        kind = "ok" if closing.action == Action.APPROVE else "no"
        return RouteLine(
            kind,
            stage.order,
            decided_by(closing),
            position,
            closing.at,
            ACTION_LABELS[Action(closing.action)],
            closing.reason,
        )
    seats = [seat.user for seat in stage.seats.all()]
    names = listed(person.name for person in seats)
    if stage.state == StageState.PENDING:
        mine = user.pk in {person.pk for person in seats}
        return RouteLine("me" if mine else "wait", stage.order, names, position, text=_("waiting"))
    word = _("not reached") if stage.state == StageState.SKIPPED else _("comes later")
    return RouteLine(
        "skip" if stage.state == StageState.SKIPPED else "wait", stage.order, names, position, text=word
    )


def decided_by(decision: Decision) -> str:
    """Return who decided, "A for B" where in somebody's name."""
    if decision.acting_for is None:
        return decision.person.name
    return _("%(name)s for %(absent)s") % {"name": decision.person.name, "absent": decision.acting_for.name}


def positions_text(positions: list[str]) -> str:
    return " / ".join(str(POSITION_LABELS[Position(position)]) for position in positions)


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision as a paper prints it."""

    position: str
    who: str
    action: Any
    at: datetime
    reason: str


def decisions_of(subject: str, obj: Any) -> list[Decided]:
    """Return the decisions of the last round, oldest first."""
    found = request_for(subject, obj)
    if found is None:
        return []
    (request,) = with_rounds([found.pk])
    rounds = list(request.rounds.all())
    return [
        Decided(
            positions_text([row.position]),
            decided_by(row),
            ACTION_LABELS[Action(row.action)],
            row.at,
            row.reason,
        )
        for row in rounds[-1].decisions.all()
    ]
