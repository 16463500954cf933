"""Reads for the engine and its pages: routes in force, who holds which position, what waits for whom."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from kam.approvals.models import Decision, Request, Round, Route, Seat, Stage
from kam.approvals.registry import subject_of, substitutes_on
from kam.approvals.rules import Holders, Requester, Step, material_changes, sits_at
from kam.approvals.snapshots import frozen, plain, spoken
from kam.approvals.terms import CLOSING_ACTIONS, Official, RequestState, StageState
from kam.core.clock import business_date
from kam.users.models import User
from kam.users.scopes import team_of
from kam.users.terms import LINE, Position


def route_on(subject_key: str, day: date) -> Route | None:
    """Return the version of the route in force on `day`."""
    return Route.objects.on(day).filter(subject_key=subject_key).prefetch_related("steps").first()


def steps_of(route: Route) -> list[Step]:
    """Return the steps as the rules read them."""
    return [
        Step(
            order=step.order,
            positions=tuple(Position(p) for p in step.positions),
            amount_over=step.amount_over,
            amount_up_to=step.amount_up_to,
            official={"": None, Official.YES: True}.get(step.official, False),
            kind=step.kind,
            only_for=tuple(Position(p) for p in step.only_for),
        )
        for step in route.steps.all()
    ]


def steps_as_payload(route: Route | None) -> list[dict[str, Any]]:
    """Return the steps as plain data, the way `routes.write_steps` takes them."""
    return [
        {
            "by": list(step.positions),
            "amount_over": plain(step.amount_over),
            "amount_up_to": plain(step.amount_up_to),
            "official": step.official,
            "kind": step.kind,
            "only_for": list(step.only_for),
        }
        for step in (route.steps.all() if route else ())
    ]


def requester_of(user: User) -> Requester:
    return Requester(user.pk, Position(user.position))


def holders_for(requester: User) -> Holders:
    """Return position → ids of those who hold it; MANAGER is the requester's own team's manager only, while high enough."""
    held: dict[Position, list[int]] = defaultdict(list)
    rows = (
        User.objects.working().exclude(position=Position.MANAGER).values_list("position", "pk").order_by("pk")
    )
    for position, pk in rows:
        held[Position(position)].append(pk)
    team = team_of(requester)
    manager = team.manager if team is not None else None
    if manager is not None and manager.is_active and Position.MANAGER in sits_at(Position(manager.position)):
        held[Position.MANAGER] = [manager.pk]
    return held


def involved_in(request: Request) -> frozenset[int]:
    """Return those who decide nothing on this request: requester, submitter, beneficiary, last editor of the amount."""
    people = (request.requester_id, request.submitted_by_id, request.beneficiary_id, request.last_editor_id)
    return frozenset(person for person in people if person is not None)


def deciders_before(round_: Round) -> frozenset[int]:
    """Return who has closed a stage of this round already."""
    rows = Decision.objects.filter(round=round_, action__in=CLOSING_ACTIONS)
    return frozenset(rows.values_list("person_id", flat=True))


def current_round(request: Request) -> Round:
    return request.rounds.get(number=request.round_number)


def pending_stage(request: Request) -> Stage | None:
    """Return the stage that waits for a decision now."""
    return Stage.objects.filter(
        round__request=request, round__number=request.round_number, state=StageState.PENDING
    ).first()


@dataclass(frozen=True, slots=True)
class Chair:
    """In whose name somebody decides: their own (`acting_for` is None) or an absent person's."""

    stage: Stage
    acting_for: User | None


def chair_of(request: Request, user: User, *, day: date | None = None) -> Chair | None:
    """Return how `user` may decide the pending stage, or None: no seat, involved, or decided before in this round.

    A seat counts as long as its holder has a position that may sit there: a change of position acts at once.
    """
    if not user.is_active or request.state != RequestState.PENDING or user.pk in involved_in(request):
        return None
    stage = pending_stage(request)
    if stage is None or user.pk in deciders_before(stage.round):
        return None
    barred = involved_in(request) | deciders_before(stage.round)
    rows = Seat.objects.held().filter(stage=stage).exclude(user__in=barred).select_related("user")
    seats = {row.user_id: row.user for row in rows}
    if user.pk in seats:
        return Chair(stage, None)
    for absent, stand_in in substitutes_on(day or business_date()):
        if stand_in == user.pk and absent in seats:
            return Chair(stage, seats[absent])
    return None


def request_for(subject_key: str, obj: Any, *, reader: User | None = None) -> Request | None:
    """Return the newest request of a subject's object; for a `reader` None too when its page does not open to them."""
    rows = Request.objects.filter(subject_key=subject_key, object_id=str(obj.pk)).order_by("-id")
    found = rows.first()
    if found is None or reader is None or reader.pk in (found.requester_id, found.submitted_by_id):
        return found
    return found if rows.visible_to(reader).filter(pk=found.pk).exists() else None


def snapshot_of(request: Request, *, round_number: int | None = None) -> dict[str, Any]:
    """Return what the deciders of a round see (the current round by default), in the reader's language."""
    content: dict[str, Any] = spoken(_snapshot(request, round_number or request.round_number))
    return content


def _snapshot(request: Request, number: int) -> Any:
    return request.rounds.select_related("snapshot").get(number=number).snapshot.content


def changes_that_void(subject_key: str, obj: Any) -> list[str]:
    """Return the material fields of an approved subject that `obj` (edited, not saved) would change; empty: nothing is voided."""
    request = request_for(subject_key, obj)
    if request is None or request.state != RequestState.APPROVED:
        return []
    subject = subject_of(subject_key)
    before = _snapshot(request, request.round_number)
    return material_changes(before, frozen(subject, obj), subject.material)


def may_take_over(person: User, stage: Stage, barred: Collection[int]) -> bool:
    """Say whether `person` is high enough for a stage: one of its positions, or above it in the line; never somebody involved."""
    if not person.is_active or person.pk in barred:
        return False
    return not frozenset(stage.positions).isdisjoint(sits_at(Position(person.position)))


def people_to_delegate_to(request: Request, user: User) -> QuerySet[User]:
    """Return those to whom `user` may pass the pending stage, by position and name."""
    stage = pending_stage(request)
    if stage is None:
        return User.objects.none()
    barred = involved_in(request) | deciders_before(stage.round) | {user.pk}
    rungs = [LINE.index(Position(p)) for p in stage.positions if p in LINE]
    allowed = {*stage.positions, *(LINE[min(rungs) :] if rungs else ())}
    return (
        User.objects.working()
        .filter(position__in=allowed)
        .exclude(pk__in=barred)
        .order_by("position", "name")
    )


def with_rounds(requests: Iterable[int]) -> list[Request]:
    """Return requests with everything a page shows of them, in a fixed number of queries."""
    seats = Seat.objects.held().select_related("user")
    decisions = Decision.objects.select_related("person", "acting_for", "passed_to").order_by("id")
    rounds = (
        Round.objects.select_related("snapshot", "route", "submitted_by")
        .order_by("number")
        .prefetch_related(
            Prefetch("stages", Stage.objects.order_by("order").prefetch_related(Prefetch("seats", seats))),
            Prefetch("decisions", decisions),
        )
    )
    return list(
        Request.objects.filter(pk__in=list(requests))
        .select_related("requester", "submitted_by", "closed_by")
        .prefetch_related(Prefetch("rounds", rounds))
        .order_by("pending_since", "pk")
    )


def waiting_count(user: User) -> int:
    """Return how many requests wait for `user`; the number on the rail."""
    return Request.objects.waiting_for(user).count()
