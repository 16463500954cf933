"""The demo's gifts: a catalogue with stock, requests in every state, one above a limit that waits for the general manager."""

from datetime import date
from decimal import Decimal

from accounts.persons.models import Person
from accounts.persons.terms import Official
from campaigns.budgets.models import BudgetLine
from campaigns.budgets.terms import BudgetState
from campaigns.gifts import services, stock
from campaigns.gifts.models import GiftItem, GiftRequest
from campaigns.gifts.terms import Occasion
from campaigns.integrity.services import Excuse
from campaigns.integrity.terms import BenefitKind
from kam.approvals.selectors import request_for
from kam.demo.routes import approve_all
from kam.demo.story import Story

_ITEMS = (
    ("公仔（印项目信息）", BenefitKind.PROMOTIONAL, "5.00", 1000, "普通礼品"),
    ("台历", BenefitKind.PROMOTIONAL, "8.75", 300, "普通礼品"),
    ("品牌打火机", BenefitKind.GIFT, "198.00", 30, "精品礼品，约 200 元"),
    ("品牌办公用品套装", BenefitKind.GIFT, "168.00", 30, "精品礼品"),
    ("美容消费卷", BenefitKind.CASH_EQUIVALENT, "300.00", 20, "需合规审批与两份文件"),
)
#: Days ago, gift, occasion, why, how far it goes.
_STORIES = (
    (64, "品牌打火机", Occasion.FESTIVAL, "中秋走访，感谢协助组织说明会", "acknowledged"),
    (40, "品牌办公用品套装", Occasion.THANKS, "老客户维护，全年配合团购登记", "handed_over"),
    (12, "品牌打火机", Occasion.VISIT, "首次拜访后回访，建立联系", "issued"),
    (6, "台历", Occasion.PHASE, "第二阶段走访派发", "approved"),
    (2, "品牌办公用品套装", Occasion.BIRTHDAY, "生日问候", "pending"),
)


def play_gifts(story: Story) -> None:
    """Fill the stock, then play one request after the other, each for another person."""
    clerk = story.users["clerk"]
    with story.at(story.day(-100), 10):
        items = {}
        for name, kind, price, number, note in _ITEMS:
            told = {
                "name": name,
                "kind": kind,
                "price_amount": Decimal(price),
                "note": note,
                "is_offered": True,
            }
            items[name] = stock.add_item(told, by=clerk)
            stock.receive(items[name], number, document="RK-2026-001", by=clerk)
    line = BudgetLine.objects.filter(
        budget__state=BudgetState.APPROVED, budget__campaign=None, name="关键人物礼品"
    ).first()
    if line is None:
        return
    people = _people(len(_STORIES) + 1)
    for number, (person, act) in enumerate(zip(people, _STORIES, strict=False)):
        _play(story, person, items, line, act, number)
    if len(people) > len(_STORIES):
        _exception(story, people[-1], items["品牌打火机"], line)


def _people(count: int) -> list[Person]:
    rows = Person.objects.present().filter(
        unit__owner__isnull=False, official=Official.NO, unit__channel__in=["chamber", "factory", "market"]
    )
    return list(rows.select_related("unit__owner").order_by("pk")[:count])


def _play(
    story: Story,
    person: Person,
    items: dict[str, GiftItem],
    line: BudgetLine,
    told: tuple[int, str, Occasion, str, str],
    minute: int,
) -> None:
    days, name, occasion, why, end = told
    owner, clerk = person.unit.owner, story.users["clerk"]
    assert owner is not None  # noqa: S101 -- chosen so
    with story.at(story.day(-days), 9, minute):
        terms = services.Terms(person, items[name], 1, occasion, why, story.day(2 - days), line)
        gift = services.ask_gift(terms, by=owner)
    if end == "pending":
        return
    approve_all(story, request_for(services.SUBJECT, gift), story.day(-days), 10)
    if end == "approved":
        return
    with story.at(story.day(-days), 17, minute):
        services.issue_gift(gift, by=clerk)
    if end == "issued":
        return
    _hand(story, gift, story.day(2 - days), acknowledged=end == "acknowledged")


def _hand(story: Story, gift: GiftRequest, day: date, *, acknowledged: bool) -> None:
    owner = gift.asked_by
    with story.at(day, 15):
        services.hand_over(gift, by=owner)
    if acknowledged:
        with story.at(day, 18):
            services.acknowledge(gift, how="礼品领取单签名", on=day, by=owner)


def _exception(story: Story, person: Person, item: GiftItem, line: BudgetLine) -> None:
    """Two lighters at once: above what one may get in a week, so the general manager is asked too."""
    owner = person.unit.owner
    assert owner is not None  # noqa: S101 -- chosen so
    with story.at(story.day(-1), 11):
        excuse = Excuse("会长级关键人物，年会共同主办，一次赠送四件")
        terms = services.Terms(person, item, 4, Occasion.FESTIVAL, "商会年会答谢", story.day(5), line, excuse)
        services.ask_gift(terms, by=owner)
