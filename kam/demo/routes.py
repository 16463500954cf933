"""How requests of the demo run through their routes: whoever sits in the pending step decides, one step after the other."""

from datetime import date

from kam.approvals import services as approvals
from kam.approvals.models import Request, Seat
from kam.approvals.selectors import pending_stage
from kam.approvals.terms import RequestState
from kam.demo.story import Story
from kam.users.models import User


def decider_of(request: Request) -> User | None:
    """Return who decides next, the first who was seated; nobody when no step is pending."""
    seats = Seat.objects.filter(stage=pending_stage(request), ended_at__isnull=True)
    seat = seats.select_related("user").order_by("pk").first()
    return seat.user if seat else None


def approve_all(
    story: Story, request: Request | None, day: date, hour: int, minute: int = 0, *, every: int = 60
) -> Request | None:
    """Let everybody whose turn it is approve, from that moment on, one step every `every` minutes; return what became of it."""
    moment = hour * 60 + minute
    while request is not None and request.state == RequestState.PENDING:
        decider = decider_of(request)
        if decider is None:
            break
        with story.at(day, *divmod(moment, 60)):
            request = approvals.approve(request, by=decider, version=request.version)
        moment += every
    return request
