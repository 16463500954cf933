"""The demo's evaluations: one round of spring, decided and closed, that put the A units into focus; one that runs."""

from datetime import timedelta

from django.utils.translation import override

from accounts.evaluation.models import ScoreSheet
from accounts.evaluation.selectors import sheets_seen
from accounts.evaluation.services import RoundPlan, close_round, decide_by_line, open_round, save_scores
from accounts.units.models import KeyAccount
from accounts.units.terms import Tier
from kam.demo.story import Story
from kam.users.models import User

_STRONG = {"purchasing_power": 5, "intention": 4, "size": 4, "access": 3, "fit": 4, "competition": 3}
_MIDDLING = {"purchasing_power": 3, "intention": 3, "size": 3, "access": 2, "fit": 3, "competition": 2}
_WEAK = {"purchasing_power": 2, "intention": 2, "size": 2, "access": 1, "fit": 2, "competition": 2}
_WORDS = {
    Tier.A: "购买力强，会长已表态，建议重点跟进",
    Tier.B: "有意向，关键人物尚未见到",
    Tier.C: "规模偏小，先保持联系",
}


def play_closed_round(story: Story) -> None:
    """Eighteen weeks ago: the best units of the department were scored, the A units came into focus."""
    director, opened = story.users["director"], story.day(-130)
    units = list(
        KeyAccount.objects.filter(tier__in=[Tier.A, Tier.B, Tier.C], owner__isnull=False)
        .select_related("owner")
        .order_by("tier", "pk")[:14]
    )
    plan = RoundPlan("上半年重点单位评选", story.day(-250), opened, story.day(-120))
    with story.at(opened, 9):
        made = open_round(plan, units, by=director)
    for place, sheet in enumerate(
        ScoreSheet.objects.filter(round=made).select_related("unit", "scorer").order_by("pk")
    ):
        with story.at(story.day(-128 + place % 6), 16, place):
            _score(sheet, place)
    with story.at(story.day(-119), 10):
        rows = list(sheets_seen(director).filter(round=made))
        decide_by_line(rows, by=director, reason="")
    with story.at(story.day(-119), 11):
        made.refresh_from_db()
        close_round(made, by=director)


def play_running_round(story: Story) -> None:
    """Group 1 scores its A and B units now: some are done, one is a draft, the rest is due this week."""
    manager = story.users["manager1"]
    units = list(
        KeyAccount.objects.visible_to(manager)
        .filter(tier__in=[Tier.A, Tier.B], owner__isnull=False)
        .select_related("owner")
        .order_by("tier", "pk")[:10]
    )
    first = story.today.replace(day=1)
    plan = RoundPlan("本季度单位评估", first - timedelta(days=60), story.today, story.day(4))
    with story.at(story.day(-6), 9, 30):
        made = open_round(plan, units, by=manager)
    sheets = ScoreSheet.objects.filter(round=made).select_related("unit", "scorer").order_by("pk")
    for place, sheet in enumerate(sheets[:4]):
        with story.at(story.day(-3 + place % 2), 17, place):
            _score(sheet, place, submit=place < 3)


def _score(sheet: ScoreSheet, place: int, *, submit: bool = True) -> None:
    tier = Tier(sheet.unit.tier)
    grades: dict[str, int | None] = dict({Tier.A: _STRONG, Tier.B: _MIDDLING}.get(tier, _WEAK))
    grades["size"] = min(5, (grades["size"] or 1) + place % 2)
    scorer: User = sheet.scorer
    comments = {"intention": "上次拜访时询问过团购价格"}
    words = _WORDS.get(tier, "")
    with override(scorer.language):
        save_scores(sheet, grades, comments=comments, comment=words, by=scorer, submit=submit)
