"""The demo's pool: one unit given back, one taken out again, one transfer that waits."""

from accounts.pool import services
from accounts.units.models import KeyAccount
from kam.approvals import services as approvals
from kam.approvals.models import Seat
from kam.approvals.selectors import pending_stage, request_for
from kam.approvals.terms import RequestState
from kam.demo.story import Story

_WHY = "老客户集中到一人跟进"


def play_pool(story: Story) -> None:
    """Two specialists give units back, another takes one out; the last transfer waits for its manager."""
    first, second = story.users["specialist2"], story.users["specialist3"]
    mine = list(KeyAccount.objects.filter(owner=first).order_by("-pk")[:3])
    if len(mine) < 3:
        return
    for place, unit in enumerate(mine[:2]):
        with story.at(story.day(-20 + place), 10):
            transfer = services.ask_transfer(unit, to=None, reason="片区调整，暂无人手跟进", by=first)
        _approve(story, transfer, place)
    with story.at(story.day(-9), 9, 30):
        services.claim_unit(mine[0], by=second)
    with story.at(story.day(-1), 16):
        services.ask_transfer(mine[2], to=second, reason=_WHY, by=first)


def _approve(story: Story, transfer: object, place: int) -> None:
    request, step = request_for(services.RELEASE, transfer), 0
    while request is not None and request.state == RequestState.PENDING:
        seats = Seat.objects.filter(stage=pending_stage(request), ended_at__isnull=True)
        seat = seats.select_related("user").order_by("pk").first()
        if seat is None:
            return
        with story.at(story.day(-18 + place), 11, 10 * step):
            request = approvals.approve(request, by=seat.user, version=request.version)
        step += 1
