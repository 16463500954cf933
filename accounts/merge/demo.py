"""The demo's merges: a unit entered twice that is one, a person of two entries, a pair that is not the same, one proposal that waits."""

from accounts.merge import services
from accounts.merge.terms import Kind
from accounts.persons.services import add_person
from accounts.units.models import KeyAccount
from accounts.units.services import create_unit
from accounts.units.terms import Channel
from kam.approvals import services as approvals
from kam.approvals.models import Seat
from kam.approvals.selectors import pending_stage, request_for
from kam.approvals.terms import RequestState
from kam.demo.story import Story


def play_merge(story: Story) -> None:
    """A specialist finds own files twice: one merge is carried out, one waits, one person has had two entries."""
    user = story.users["specialist3"]
    mine = list(KeyAccount.objects.filter(owner=user).order_by("pk")[:3])
    if len(mine) < 2:
        return
    first, second, third = mine[0], mine[1], mine[-1]
    with story.at(story.day(-12), 9):
        twice = _again(story, first, "（旧档）")
        add_person(twice, {"name": "林志强", "post": "办公室主任"}, by=user)
    with story.at(story.day(-11), 10):
        merge = services.propose_merge(
            first, twice, choices={}, reason="同一家单位，展会名片重复建档", by=user, confirmed=True
        )
    _approve(story, merge)
    with story.at(story.day(-4), 14):
        one = add_person(second, {"name": "陈美玲", "post": "工会主席"}, by=user)
        two = add_person(second, {"name": "陈美玲", "department": "工会"}, by=user)
    with story.at(story.day(-3), 9):
        services.merge_persons(one, two, choices={}, reason="同一人录入两次", by=user, confirmed=True)
    with story.at(story.day(-2), 10):
        apart = _again(story, second, "（分部）")
        services.keep_apart(Kind.UNIT, second.pk, apart.pk, by=user)
    with story.at(story.day(-1), 11):
        waits = _again(story, third, "（重复）")
        services.propose_merge(third, waits, choices={}, reason="电话与地址相同", by=user, confirmed=True)


def _again(story: Story, unit: KeyAccount, mark: str) -> KeyAccount:
    values = {
        "name": f"{unit.name}{mark}",
        "short_name": unit.short_name or unit.name[:40],
        "channel": Channel(unit.channel),
        "address": unit.address,
        "phone": unit.phone,
    }
    owner = story.users["specialist3"]
    return create_unit(values, by=owner, owner=owner)


def _approve(story: Story, merge: object) -> None:
    request, step = request_for(services.SUBJECT, merge), 0
    while request is not None and request.state == RequestState.PENDING:
        seats = Seat.objects.filter(stage=pending_stage(request), ended_at__isnull=True)
        seat = seats.select_related("user").order_by("pk").first()
        if seat is None:
            return
        with story.at(story.day(-10), 11, 10 * step):
            request = approvals.approve(request, by=seat.user, version=request.version)
        step += 1
