"""The demo's pool: one unit given back, one taken out again, one transfer that waits."""

from accounts.pool import services
from accounts.units.models import KeyAccount
from kam.approvals.selectors import request_for
from kam.demo.routes import approve_all
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
        request = request_for(services.RELEASE, transfer)
        approve_all(story, request, story.day(-18 + place), 11, every=10)
    with story.at(story.day(-9), 9, 30):
        services.claim_unit(mine[0], by=second)
    with story.at(story.day(-1), 16):
        services.ask_transfer(mine[2], to=second, reason=_WHY, by=first)
