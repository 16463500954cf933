"""The demo's scores: targets of the year, the month before last closed, last month agreed except one sheet, this month running."""

from datetime import date, timedelta
from decimal import Decimal

from kam.approvals.selectors import request_for
from kam.core.periods import Period, month_of
from kam.demo.routes import approve_all
from kam.demo.story import Story
from kam.users.models import Team
from kam.users.terms import Position
from kpi.sheets import services
from kpi.sheets.closing import close_period
from kpi.sheets.lines import lines_of
from kpi.sheets.models import Sheet
from kpi.sheets.rules import open_lines
from kpi.sheets.selectors import shown
from kpi.targets.services import NewTarget, set_target

#: The source's example: three million a person and year (S-232).
YEAR_SALES = Decimal(3_000_000)
_REVIEWS = (
    "本月完成了重点客户的回访，两个单位进入方案阶段；下月重点跟进团购签约。",
    "电话量达标，周计划执行较好；新开发单位偏少，需要主管协助约见决策人。",
    "回款按期到账；随访表有两次迟交，下月改正。",
)
_EVIDENCE = ("拜访记录与问题提纲齐全", "市场信息分析报告按时提交", "投诉处理及时", "提出团购方案并被采纳")


def play_sheets(story: Story) -> None:
    """Set targets, then live through three months of scores."""
    this = month_of(story.today)
    last = month_of(this.first - timedelta(days=1))
    before = month_of(last.first - timedelta(days=1))
    with story.at(before.first, 8):
        for year in sorted({before.first.year, this.first.year}):
            _targets(story, year)
    for month in (before, last):
        with story.at(month.first, 9):
            services.open_sheets(month)
        _assess(story, month, leave_one=month == last)
    with story.at(before.last + timedelta(days=6), 18):
        close_period(before, by=story.users["hr"])
    with story.at(this.first, 9):
        services.open_sheets(this)


def _targets(story: Story, year: int) -> None:
    director = story.users["director"]
    sellers = [u for u in story.users.values() if u.position in {Position.SPECIALIST, Position.TEAM_LEAD}]
    for user in sorted(sellers, key=lambda one: one.pk):
        set_target(NewTarget(year, "sales.actual", YEAR_SALES, person=user), by=director)
        set_target(NewTarget(year, "units.developed", Decimal(12), person=user), by=director)
    for team in Team.objects.order_by("pk"):
        set_target(NewTarget(year, "sales.actual", YEAR_SALES * 4, team=team), by=director)
        set_target(NewTarget(year, "units.developed", Decimal(48), team=team), by=director)
    set_target(
        NewTarget(
            year,
            "sales.actual",
            YEAR_SALES * 8,
            factors=("人均 260 万", "同行人均 280 万", "需求回升", "限购放宽"),
        ),
        by=director,
    )
    set_target(NewTarget(year, "units.stable", Decimal(30)), by=director)
    set_target(NewTarget(year, "units.developed", Decimal(96)), by=director)


def _assess(story: Story, month: Period, *, leave_one: bool) -> None:
    """Everybody reviews, the assessors rate and waive, the route approves; one sheet of the newer month stays behind."""
    rows = list(Sheet.objects.of_period(month).select_related("user").order_by("pk"))
    start = month.last + timedelta(days=2)
    for number, row in enumerate(rows):
        with story.at(start, 9, number % 60):
            row = services.review_self(  # noqa: PLW2901 -- the row as it stands now
                row, text=_REVIEWS[number % len(_REVIEWS)], version=row.version, by=row.user
            )
            row = services.submit_sheet(row, version=row.version, by=row.user)  # noqa: PLW2901 -- the same
        if leave_one and number == 0:
            continue
        _rate(story, row, start + timedelta(days=1), number)


def _rate(story: Story, row: Sheet, day: date, number: int) -> None:
    assessor = story.users["gm" if row.position == Position.DIRECTOR else "director"]
    with story.at(day, 14, number % 60):
        lines = lines_of(shown(row))
        grades = {
            line.key: (3 + (number + place) % 3, _EVIDENCE[place % len(_EVIDENCE)])
            for place, line in enumerate(lines)
            if line.is_rated
        }
        if grades:
            row = services.rate(row, grades=grades, version=row.version, by=assessor)
        for key in open_lines(shown(row).result):
            row = services.waive(
                row, key=key, reason="本月没有可考核的业务", version=row.version, by=assessor
            )
    approve_all(story, request_for(services.SUBJECT, row), day, 15, number % 60)
