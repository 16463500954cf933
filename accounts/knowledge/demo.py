"""The demo's knowledge: suggestions, support by other departments, articles and a case, a training."""

from contextlib import suppress
from datetime import time, timedelta

from accounts.knowledge import services, services_learning
from accounts.knowledge.models import Training
from accounts.knowledge.terms import ArticleKind, Category, Department, SuggestionState, SupportState
from accounts.units.models import KeyAccount
from kam.core.errors import BusinessError
from kam.demo.story import Story
from kam.users.models import User
from kam.users.terms import SELLERS, Position

_SUGGESTIONS = (
    "希望在宣传单上写明团购折扣的起止日期。",
    "建议周末也安排看房班车。",
    "礼盒能否印上商会的名称？",
)
_ARTICLES = (
    (
        Category.PRODUCT,
        "团购折扣怎么算：三步说清楚",
        "先问单位渠道，再数已签套数，最后看活动窗口。每一步都给客户看四舍五入后的价格。",
    ),
    (
        Category.ETIQUETTE,
        "拜访民族与宗教团体的注意事项",
        "提前了解禁忌；文件双手递接，当面确认，少等待。",
    ),
    (
        Category.MARKET,
        "湘江世纪城的优势与短板",
        "优势：江景、学区。短板：交付慢、物业费高。拜访前先看本单位的产品图。",
    ),
)
_CASE = "经过：客户因延期交付投诉，三天内补发并登门致歉。经验：先到现场再谈责任。改进：发货前一天电话确认。"


def play_knowledge(story: Story) -> None:
    """What was suggested, asked for, written and taught in the last weeks."""
    people = list(story.users.values())
    director = next((u for u in people if u.position == Position.DIRECTOR), None)
    marketing = next((u for u in people if u.position == Position.MARKETING_DIRECTOR), None)
    sellers = [u for u in people if u.position in SELLERS and u.is_active and u != director]
    if director is None or marketing is None or not sellers:
        return
    _suggest(story)
    _support(story, sellers[0], marketing)
    _write(story, director, sellers)
    _teach(story, director, sellers)


def _suggest(story: Story) -> None:
    units = KeyAccount.objects.filter(owner__isnull=False).select_related("owner").order_by("-pk")
    for place, (text, unit) in enumerate(zip(_SUGGESTIONS, units[: len(_SUGGESTIONS)], strict=False)):
        owner = unit.owner
        if owner is None:
            continue
        day = story.day(-9 + 4 * place)
        with story.at(day, 11):
            row = services.record_suggestion(unit, text, owner=owner, by=owner)
        if place < 2:
            with story.at(story.day(-8 + 4 * place), 10):
                row = services.answer_suggestion(row, "已转达，三天内回复。", by=owner)
                services.settle_suggestion(
                    row, SuggestionState.PASSED_ON, department=Department.MARKETING, by=owner
                )


def _support(story: Story, asker: User, helper: User) -> None:
    with story.at(story.day(-10), 9):
        row = services.ask_for_support(
            "请提供团购宣传单的电子稿（带商会名称）",
            department=Department.MARKETING,
            helper=helper,
            due_on=story.day(-6),
            by=asker,
        )
    with story.at(story.day(-9), 9):
        row = services.move_support(row, SupportState.ACCEPTED, by=helper)
    with story.at(story.day(-7), 15):
        row = services.move_support(row, SupportState.DONE, text="电子稿已发到邮箱。", by=helper)
    with story.at(story.day(-6), 9):
        services.rate_support(row, 5, by=asker)
    with story.at(story.day(-2), 9):
        services.ask_for_support(
            "请技术部解释渗水原因并出具说明",
            department=Department.TECHNICAL,
            helper=helper,
            due_on=story.day(3),
            by=asker,
        )


def _write(story: Story, director: User, sellers: list[User]) -> None:
    for place, (category, title, text) in enumerate(_ARTICLES):
        with story.at(story.day(-25 + 5 * place), 9):
            words = services_learning.Words(ArticleKind.ARTICLE, category, title, text)
            article = services_learning.write_article(words, by=director)
        for reader in sellers[: 3 + place]:
            with story.at(story.day(-24 + 5 * place), 10):
                services_learning.note_reading(article, by=reader)
    with story.at(story.day(-8), 16):
        words = services_learning.Words(
            ArticleKind.CASE, Category.COMPLAINT, "礼盒晚到，客户反而更信任我们", _CASE
        )
        services_learning.write_article(words, by=sellers[0])


def _teach(story: Story, director: User, sellers: list[User]) -> None:
    for title, day in (("VIP大客户培训：五个自问与雷区", -20), ("团购折扣新规讲解", 6)):
        values = {
            "title": title,
            "category": Category.PROFESSIONAL,
            "on": story.today + timedelta(days=day),
            "starts_at": time(18),
            "ends_at": time(20),
            "place": "二楼会议室",
            "trainer": director.name,
            "materials": "讲义、案例三则",
        }
        with story.at(story.day(min(day - 5, -1)), 9):
            training = services_learning.plan_training(values, (), by=director)
            _invite(training, sellers, director)
        if day < 0:
            with story.at(story.day(day), 17):
                for place, row in enumerate(training.places.all()):
                    came = place % 5 != 4
                    result = (f"{68 + place * 7 % 31} 分" if place % 4 else "需补考") if came else ""
                    services_learning.note_result(row, attended=came, result=result, by=director)


def _invite(training: Training, sellers: list[User], director: User) -> None:
    """Give places to whoever is free; those on a trip come to the next one."""
    for seller in sellers:
        with suppress(BusinessError):
            services_learning.add_participants(training, [seller], by=director)
