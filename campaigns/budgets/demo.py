"""The demo's money: the two budgets of the source, and the department's own of this half-year with a report, payments and one more draft."""

from datetime import date
from decimal import Decimal

from campaigns.budgets import services
from campaigns.budgets.models import Budget, BudgetLine, Movement
from campaigns.budgets.rules import Planned
from kam.approvals.selectors import request_for
from kam.demo.routes import approve_all
from kam.demo.story import Story
from kam.notes.terms import SourceKey
from kam.users.models import User
from kam.users.terms import Position

_LINES = (
    (1, "宣传物料", 12_000),
    (1, "礼品", 18_000),
    (2, "普通礼品", 6_000),
    (2, "关键人物礼品", 12_000),
    (1, "公关招待费", 8_000),
    (1, "交通费用", 6_000),
    (1, "不可预计费用", 4_000),
)
#: Days ago, line, asked, paid (None: still held), document, what for.
_ACTS = (
    (96, "宣传物料", "4200.00", "4200.00", "FP-2026-0311", "项目折页 3000 份"),
    (82, "普通礼品", "990.00", "962.50", "FP-2026-0327", "台历 110 本"),
    (61, "公关招待费", "1980.00", "1782.00", "FP-2026-0355", "泉州商会理事会接待"),
    (47, "交通费用", "640.00", "640.00", "FP-2026-0372", "走访工业园租车"),
    (33, "关键人物礼品", "2400.00", "2400.00", "FP-2026-0398", "中秋礼盒 12 份"),
    (19, "公关招待费", "3600.00", "3520.00", "FP-2026-0417", "年会赞助晚宴"),
    (8, "宣传物料", "1600.00", None, "CG-2026-0061", "展架 8 个，已下单"),
    (3, "公关招待费", "1280.00", None, "CG-2026-0064", "校方代表团接待"),
)


#: Days ago that the supplement was asked for.
_ASKED = 14


def play_budgets(story: Story) -> None:
    """Load the source's half a year ago; approve the department's own, spend from it, ask for more."""
    with story.at(story.day(-180), 9, 30):
        services.load_budgets()
    manager, finance = _one(Position.MANAGER), _one(Position.FINANCE)
    if manager is None or finance is None:
        return
    budget = _own(story, manager)
    for days, *act in _ACTS:
        if days < _ASKED and not budget.lines.filter(changes__isnull=False).exists():
            _ask(story, budget, manager)
        _act(story, story.day(-days), budget, tuple(act), finance)
    with story.at(story.day(-1), 15):
        giver = _line(budget, "不可预计费用")
        line = _line(budget, "公关招待费")
        services.ask_change(services.Report(line, Decimal(800), "校方代表团人数增加", giver), by=manager)
    with story.at(story.day(-2), 16):
        head = services.Head("春节慰问预算", None, *_spring(story.today), note="节前走访关键人物")
        services.draft_budget(head, [Planned(1, "慰问礼品", Decimal(9_000))], by=manager)


def _ask(story: Story, budget: Budget, manager: User) -> None:
    """A supplement of two thousand, approved the day after."""
    line = _line(budget, "公关招待费")
    with story.at(story.day(-_ASKED), 10):
        report = services.ask_change(
            services.Report(line, Decimal(2_000), "年会接待费用超出，申请补充"), by=manager
        )
    approve_all(story, request_for("budget_supplement", report), story.day(1 - _ASKED), 10)


def _own(story: Story, manager: User) -> Budget:
    lines = [Planned(level, name, Decimal(amount)) for level, name, amount in _LINES]
    head = services.Head("客户维护费用预算", None, story.day(-110), story.day(70), "专款专用，按行列支")
    with story.at(story.day(-112), 9):
        budget = services.submit_budget(services.draft_budget(head, lines, by=manager), by=manager)
    approve_all(story, request_for("budget", budget), story.day(-111), 10)
    return budget


def _act(story: Story, day: date, budget: Budget, act: tuple[str | None, ...], finance: User) -> None:
    name, asked, paid, document, text = act
    source = SourceKey("paper", "", str(document))
    with story.at(day, 11):
        held = services.reserve(
            _line(budget, str(name)), Decimal(str(asked)), source=source, by=finance, text=str(text)
        )
    if paid is not None:
        with story.at(day, 16):
            entry = Movement.objects.get(pk=held.entry_id)
            services.spend(entry, Decimal(paid), source=source, by=finance, text=str(text))


def _line(budget: Budget, name: str) -> BudgetLine:
    return budget.lines.get(name=name)


def _spring(today: date) -> tuple[date, date]:
    return date(today.year + 1, 1, 15), date(today.year + 1, 2, 28)


def _one(position: Position) -> User | None:
    return User.objects.filter(position=position, is_active=True).order_by("pk").first()
