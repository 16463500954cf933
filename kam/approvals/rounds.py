"""Writing rounds, their stages and seats: the half of the services that the acts share. Called inside an act's transaction only."""

import hashlib
import json
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kam.approvals import letters
from kam.approvals.models import Request, Round, Route, Seat, Snapshot, Stage
from kam.approvals.registry import Subject, substitutes_on
from kam.approvals.rules import LADDER, Facts, Staging, next_up
from kam.approvals.selectors import current_round, deciders_before, holders_for, involved_in
from kam.approvals.snapshots import frozen, plain
from kam.approvals.terms import SeatOrigin, StageState
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.users.models import User
from kam.users.terms import Position


def open_round(request: Request, route: Route, facts: Facts, staging: Staging, *, by: User) -> Round:
    """Write the round with its stages; none is pending yet."""
    round_ = Round.objects.create(
        request=request,
        number=request.round_number,
        route=route,
        submitted_by=by,
        facts=plain({"amount": facts.amount, "official": facts.official, "kinds": sorted(facts.kinds)}),
        trace=[{"positions": list(line.positions), "outcome": line.outcome} for line in staging.trace],
    )
    _make_stages(round_, staging)
    return round_


def freeze(round_: Round, subject: Subject, obj: Any) -> None:
    content = frozen(subject, obj)
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    Snapshot.objects.create(round=round_, content=content, digest=digest)


def open_next(request: Request, round_: Round) -> bool:
    """Make the next waiting stage pending and tell who decides it; False when none is left."""
    stage = round_.stages.filter(state=StageState.WAITING).order_by("order").first()
    if stage is None:
        return False
    now = timezone.now()
    stage.state, stage.pending_since = StageState.PENDING, now
    stage.save(update_fields=["state", "pending_since"])
    request.pending_since = now
    if round_.stages.filter(state=StageState.DONE).exists():
        touch(request)
    else:
        request.save(update_fields=["pending_since"])
    letters.tell_deciders(request, stage, _deciders(request, stage))
    return True


def skip_open_stages(request: Request) -> None:
    open_states = [StageState.WAITING, StageState.PENDING]
    current_round(request).stages.filter(state__in=open_states).update(state=StageState.SKIPPED)


def touch(request: Request) -> None:
    request.version += 1
    request.save()


def give_seat(stage: Stage, user: User, origin: SeatOrigin, *, by: User | None) -> None:
    Seat.objects.update_or_create(
        stage=stage, user=user, defaults={"origin": origin, "given_by": by, "ended_at": None}
    )


def raise_stage(request: Request, stage: Stage, origin: SeatOrigin) -> list[User]:
    """Seat whoever came to the stage's position meanwhile, else the next person up; a finance step never leaves finance."""
    barred = involved_in(request) | deciders_before(stage.round)
    holders = holders_for(request.requester)
    seated = frozenset(stage.seats.values_list("user_id", flat=True))
    same = {who for p in stage.positions for who in holders.get(Position(p), ())} - barred - seated
    rungs = [Position(p) for p in stage.positions if Position(p) in LADDER]
    planned = next_up(rungs[-1], holders, barred | seated) if rungs and not same else None
    able = same or (set(planned.people) if planned else set())
    people = list(User.objects.working().filter(pk__in=able).order_by("pk"))
    for person in people:
        give_seat(stage, person, origin, by=None)
    return people


def _make_stages(round_: Round, staging: Staging) -> None:
    for order, planned in enumerate(staging.stages, start=1):
        stage = Stage.objects.create(round=round_, order=order, positions=list(planned.positions))
        Seat.objects.bulk_create(
            [Seat(stage=stage, user_id=person, origin=SeatOrigin.ROUTE) for person in planned.people]
        )


def _deciders(request: Request, stage: Stage) -> list[User]:
    """Return who may decide a stage that opens, substitutes included; when all are barred by now, the next person up gets a seat."""
    barred = involved_in(request) | deciders_before(stage.round)
    seated = set(Seat.objects.held().filter(stage=stage).values_list("user_id", flat=True))
    stand_ins = {who for away, who in substitutes_on(business_date()) if away in seated}
    able = (seated | stand_ins) - barred
    if able:
        return list(User.objects.working().filter(pk__in=able).order_by("pk"))
    people = raise_stage(request, stage, SeatOrigin.RAISED)
    if not people:
        raise BusinessError(
            _("After this nobody would be left for the next step. Let somebody else decide this one."),
            code="nobody_left",
        )
    return people
