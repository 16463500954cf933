"""The demo's outlets: shops and counters of three units with their sales by month, one of them an image store, one closed, one new."""

from datetime import date
from decimal import Decimal

from accounts.persons.models import Person
from accounts.persons.terms import Official
from accounts.units.models import KeyAccount
from campaigns.outlets import services
from campaigns.outlets.models import Outlet
from campaigns.outlets.rules import month_after, quarter_of
from campaigns.outlets.services import Described
from campaigns.outlets.terms import OutletKind
from kam.demo.story import Story
from kam.users.models import User

#: Name, kind, days since it opened, days since its cabinet stood, sold in a month.
_STORES = (
    ("芦淞店", OutletKind.STORE, 400, 120, 46_800),
    ("河西商场专柜", OutletKind.COUNTER, 300, None, 28_500),
    ("服饰城二楼店", OutletKind.STORE, 260, None, 19_200),
    ("中心广场专柜", OutletKind.COUNTER, 220, 60, 31_000),
    ("田心片区服务点", OutletKind.SERVICE, 40, None, 8_600),
    ("东部市场店", OutletKind.STORE, 380, None, 5_400),
)
_MONTHS = 4


def play_outlets(story: Story) -> None:
    """Two outlets for each of three units; the last one, ranked last a quarter ago, is closed."""
    units = KeyAccount.objects.filter(
        owner__isnull=False, owner__is_active=True, channel__in=["market", "chamber"]
    )
    chosen = list(units.select_related("owner").order_by("pk")[:3])
    made = [
        _open(story, chosen[place % len(chosen)], told) for place, told in enumerate(_STORES) if len(chosen)
    ]
    if made:
        with story.at(story.day(-20), 17):
            services.close_outlet(
                made[-1],
                on=story.day(-20),
                reason="上季度末位，连续三个月销量最低",
                by=story.users["director"],
            )


def _open(story: Story, unit: KeyAccount, told: tuple[str, OutletKind, int, int | None, int]) -> Outlet:
    name, kind, days, image, sold = told
    owner = unit.owner
    assert owner is not None  # noqa: S101 -- chosen so
    with story.at(story.day(-days), 10):
        described = Described(
            name,
            kind,
            story.day(-days),
            area=unit.area or "株洲",
            address=f"{unit.area or '株洲市'}{name}一楼",
            keeper="店长 周敏",
            trial_until=story.day(-days + 90) if kind is OutletKind.SERVICE else None,
        )
        outlet = services.open_outlet(unit, described, by=owner)
    if image is not None:
        with story.at(story.day(-image), 11):
            kept = described.columns() | {"image_on": story.day(-image)}
            outlet = services.edit_outlet(outlet, Described(**kept), by=owner, version=outlet.version)
    _sell(story, outlet, owner, sold)
    people = Person.objects.filter(unit=unit, official=Official.NO).present()
    seller = people.order_by("-pk").first()
    if seller is not None:
        with story.at(story.day(-15), 9):
            services.name_seller(outlet, seller, since=max(outlet.opened_on, story.day(-200)), by=owner)
    return outlet


def _sell(story: Story, outlet: Outlet, owner: User, sold: int) -> None:
    """The months since the last quarter began, a little more each time."""
    month = quarter_of(quarter_of(story.today)[0] - date.resolution)[0]
    for step in range(_MONTHS):
        if outlet.opened_on < month_after(month) <= story.day(-22):
            with story.at(month_after(month), 9, 30):
                services.tell_sales(outlet, month, Decimal(sold + step * sold // 20), by=owner)
        month = month_after(month)
