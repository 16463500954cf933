"""Seats follow the people: what waits goes to whoever holds the position today (spec 01, approvals).

Which seats count is `Seat.objects.held()`, asked at each reading. Here is what is written when nobody's seat counts any more.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kam.approvals import letters
from kam.approvals.models import Request, Seat, Stage
from kam.approvals.registry import subject_of
from kam.approvals.rounds import give_seat, raise_stage, touch
from kam.approvals.selectors import deciders_before, involved_in, may_take_over
from kam.approvals.terms import SeatOrigin, StageState
from kam.audit.services import record
from kam.core.locks import locked
from kam.users.models import Team, User
from kam.users.terms import Position


@transaction.atomic
def hand_over_seats(seat_ids: Iterable[int], *, frm: User, to: User, by: User) -> int:
    """Move waiting and pending seats of a person who leaves to a successor; those the successor may not take stay, and are counted out.

    Who is too low to sit there, or decided an earlier step, may not: nobody would be left to decide.
    """
    moved = 0
    stages = Stage.objects.filter(seats__pk__in=list(seat_ids), seats__user=frm, seats__ended_at__isnull=True)
    for stage in stages.select_related("round__request"):
        request = locked(Request.objects.filter(pk=stage.round.request_id)).get()
        stage.refresh_from_db(fields=["state"])  # decided meanwhile, perhaps
        barred = involved_in(request) | deciders_before(stage.round)
        is_open = stage.state in {StageState.WAITING, StageState.PENDING}
        if not is_open or not may_take_over(to, stage, barred):
            continue
        Seat.objects.filter(stage=stage, user=frm).update(ended_at=timezone.now())
        give_seat(stage, to, SeatOrigin.HANDED_OVER, by=by)
        touch(request)
        record("approvals.seat.moved", request, by=by, changes={"decider": (frm.name, to.name)})
        if stage.state == StageState.PENDING:
            letters.tell_deciders(request, stage, [to])
        moved += 1
    return moved


@transaction.atomic
def fill_empty_stages(*, by: User | None) -> int:
    """Seat whoever holds the position now, else the next person up, where nobody who may decide is left; return how many."""
    held = Seat.objects.held().filter(stage=OuterRef("pk"))
    empty = Stage.objects.filter(~Exists(held), state=StageState.PENDING)
    return sum(_fill(stage, by=by) for stage in empty.select_related("round__request").order_by("pk"))


def _fill(stage: Stage, *, by: User | None) -> bool:
    request = locked(Request.objects.filter(pk=stage.round.request_id)).get()
    stage.refresh_from_db()
    if stage.state != StageState.PENDING or Seat.objects.held().filter(stage=stage).exists():
        return False
    people = raise_stage(request, stage, SeatOrigin.RAISED)
    if not people:
        return False
    gone = Seat.objects.filter(stage=stage, ended_at__isnull=True).exclude(user__in=people)
    before = ", ".join(seat.user.name for seat in gone.select_related("user"))
    gone.update(ended_at=timezone.now())
    names = ", ".join(person.name for person in people)
    subject = subject_of(request.subject_key).load(request.object_id)
    record("approvals.seat.moved", subject, by=by, changes={"decider": (before, names)})
    letters.tell_deciders(request, stage, people)
    return True


@transaction.atomic
def follow_manager(team: Team, before: User | None, *, by: User) -> int:
    """Move what the team's former manager had to decide for its members to the new one; without one it stays or goes up."""
    if before is None or team.manager is None:
        return fill_empty_stages(by=by)
    members = Q(
        stage__round__request__requester__memberships__team=team,
        stage__round__request__requester__memberships__ended_on__isnull=True,
    )
    seats = Seat.objects.filter(
        members, user=before, origin=SeatOrigin.ROUTE, stage__positions__contains=[Position.MANAGER]
    )
    ids = list(seats.values_list("pk", flat=True).distinct())
    moved = hand_over_seats(ids, frm=before, to=team.manager, by=by)
    return moved + fill_empty_stages(by=by)
