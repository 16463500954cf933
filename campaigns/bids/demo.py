"""The demo's bids: one lost, one delivered, one whose documents are due now."""

from decimal import Decimal

from campaigns.bids.models import Bid
from campaigns.bids.services import Step, Tender, move_bid, open_bid
from campaigns.bids.terms import BidState
from campaigns.deals.demo import first_unit
from kam.demo.story import Story

#: Channel, tender, opened after so many days from today, how far it comes.
_STORIES = (
    ("factory", "职工福利房采购招标", -12, ("ready", "delivered", "lost")),
    ("school", "教师公寓团购招标", 1, ("ready", "delivered")),
    ("bank", "员工住房采购招标", 4, ()),
)


def play_bids(story: Story) -> None:
    """Each begins three weeks before its opening."""
    for place, (channel, title, opens, steps) in enumerate(_STORIES):
        unit = first_unit(channel)
        if unit is None or unit.owner is None:
            continue
        with story.at(story.day(opens - 21), 9, place):
            tender = Tender(title, story.day(opens), unit.owner, Decimal(8_600_000 + 100_000 * place))
            bid = open_bid(unit, tender, by=unit.owner)
        for number, name in enumerate(steps):
            day = opens - 4 + 2 * number if name != "lost" else opens + 2
            with story.at(story.day(day), 16, place):
                _move(bid, BidState(name), story, day)


def _move(bid: Bid, target: BidState, story: Story, day: int) -> None:
    is_lost = target is BidState.LOST
    row = Bid.objects.select_related("unit__owner").get(pk=bid.pk)
    step = Step(
        target,
        story.day(day),
        "兴业置地" if is_lost else "",
        "价格高出百分之三；下次先确认付款方式" if is_lost else "",
    )
    assert row.unit.owner is not None  # noqa: S101 -- chosen so
    move_bid(row, step, by=row.unit.owner, version=row.version)
