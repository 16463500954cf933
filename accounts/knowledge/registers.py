"""What knowledge gives to the frames: acts, the setting, measures, tab, timeline, Today, search, pages, history, holding."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.knowledge import selectors, services
from accounts.knowledge.demo import play_knowledge
from accounts.knowledge.labels import SUGGESTION_LABELS, SUGGESTION_TONES, SUPPORT_LABELS
from accounts.knowledge.models import Article, Suggestion, SupportRequest
from accounts.knowledge.permissions import can_read_knowledge, can_record_suggestion
from accounts.knowledge.registry import Measure, register_measure
from accounts.knowledge.terms import SuggestionState
from accounts.units.models import KeyAccount
from accounts.units.registers import day_moment
from accounts.units.registry import Panel, TimelineEntry, register_panel, register_timeline
from kam.audit.records import register_history, register_words, visible_row
from kam.audit.registry import register_act
from kam.core.clock import business_date
from kam.demo.registry import register_part
from kam.people.registry import Holding, HoldingRow, register_holding
from kam.search.registry import Hit, register_page, register_search
from kam.search.services import find_by_name
from kam.settings_rows.registry import define
from kam.today.registry import Section, register_section
from kam.today.terms import Exit
from kam.users.models import User
from kam.users.scopes import Reach, scope_of

register_act("accounts.suggestion.received", _("Suggestion received"))
register_act("accounts.suggestion.answered", _("Suggestion answered"))
register_act("accounts.suggestion.moved", _("Suggestion moved on"))
register_act("accounts.support.asked", _("Support asked for"))
register_act("accounts.support.moved", _("Support request moved on"))
register_act("accounts.support.rated", _("Support rated"))
register_act("accounts.article.written", _("Article written"))
register_act("accounts.article.revised", _("Article revised"))
register_act("accounts.article.retired", _("Article retired"))
register_act("accounts.article.read", _("Article read"))
register_act("accounts.training.planned", _("Training planned"))
register_act("accounts.training.participants", _("Participants of a training added"))
register_act("accounts.training.result", _("Result of a training written down"))
register_act("accounts.standard.added", _("Service standard added"))
register_act("accounts.standard.changed", _("Service standard changed"))

define(
    services.ANSWER_DAYS,
    2,
    label=_("Time to answer a customer’s suggestion"),
    unit=_("working days"),
    group=_("Complaints and service"),
)
_PERCENT = pgettext_lazy("unit of a measure", "%")
register_measure(
    Measure("complaints_in_time", _("Complaints resolved in time"), _PERCENT, selectors.complaints_in_time)
)
register_measure(
    Measure("suggestions_in_time", _("Suggestions answered in time"), _PERCENT, selectors.suggestions_in_time)
)
register_measure(
    Measure("support_in_time", _("Support requests done in time"), _PERCENT, selectors.support_in_time)
)
register_measure(Measure("mean_satisfaction", _("Mean satisfaction"), _("of 5"), selectors.mean_satisfaction))
register_part(86, "knowledge", play_knowledge)

_WORDS: dict[str, Any] = {
    **{code.value: label for code, label in SUGGESTION_LABELS.items()},
    **{code.value: label for code, label in SUPPORT_LABELS.items()},
}


def _text(name: str, value: Any) -> Any:
    """States are kept as codes."""
    return _WORDS.get(value) if name == "state" else None


register_words(Suggestion, label=lambda _name: None, text=_text)
register_words(SupportRequest, label=lambda _name: None, text=_text)
register_history(
    "accounts.suggestion", Suggestion, load=visible_row(Suggestion.objects.select_related("unit"))
)
register_history("accounts.support", SupportRequest, load=visible_row(SupportRequest.objects))


def _tab(unit: KeyAccount, user: User) -> dict[str, Any]:
    rows = Suggestion.objects.filter(unit=unit).select_related("owner", "person")[:50]
    return {
        "suggestions": [(row, SUGGESTION_TONES[SuggestionState(row.state)]) for row in rows],
        "can_record": can_record_suggestion(user, unit),
        "today": business_date(),
    }


register_panel(
    Panel(
        "suggestions",
        _("Suggestions"),
        28,
        "accounts/knowledge/_tab.html",
        _tab,
        counted=lambda unit: Suggestion.objects.filter(unit_id=unit).unanswered(),
    )
)


def _timeline(unit: KeyAccount, user: User, before: datetime, limit: int) -> list[TimelineEntry]:
    del user
    rows = Suggestion.objects.filter(
        unit=unit, received_on__lte=timezone.localtime(before).date()
    ).select_related("owner")
    entries = [
        TimelineEntry(
            at=day_moment(row.received_on, row.created_at),
            kind="suggestions",
            title=gettext("Suggestion: %(state)s") % {"state": row.get_state_display()},
            text=row.text,
            who=row.owner.name,
            url=row.get_absolute_url(),
            icon="bulb",
        )
        for row in rows[: limit + 5]
    ]
    return [entry for entry in entries if entry.at < before][:limit]


register_timeline("suggestions", _("Suggestions"), _timeline)


def _today_text(data: Sequence[selectors.DueItem]) -> str:
    return "\n".join(f"- {item.label} · {item.due_on}" for item in data)


register_section(
    Section(
        key="answers",
        label=_("Suggestions to answer, support to give"),
        order=118,
        slots=(Exit.TODAY, Exit.PLAN),
        collect=selectors.waiting_for,
        asks=(selectors.TO_ANSWER, selectors.TO_SUPPORT),
        template="accounts/knowledge/_today.html",
        text=_today_text,
        summary=lambda data: ngettext("%(n)s answer due", "%(n)s answers due", len(data)) % {"n": len(data)},
    )
)


def _find(user: User, words: str, limit: int) -> list[Hit]:
    found = find_by_name(words, names=("title",)) | Q(text__icontains=words)
    rows = Article.objects.visible_to(user).current().filter(found)
    return [
        Hit(row.title, row.get_absolute_url(), sub=str(row.get_category_display()), icon="book")
        for row in rows[:limit]
    ]


register_search("accounts.article", _("Knowledge and cases"), _find, order=55)
register_page(
    "accounts.suggestions",
    _("Customers’ suggestions"),
    "/suggestions/",
    icon="bulb",
    words="建议 反馈",
    visible=lambda user: scope_of(user).reach is not Reach.NOTHING,
    order=16,
)
register_page(
    "accounts.support",
    _("Support by other departments"),
    "/support/",
    icon="heart-handshake",
    words="协作 支持",
    visible=can_read_knowledge,
    order=18,
)
register_page(
    "accounts.knowledge",
    _("Knowledge and cases"),
    "/knowledge/",
    icon="book",
    words="知识 案例",
    visible=can_read_knowledge,
    order=17,
)
register_page(
    "accounts.trainings",
    _("Training"),
    "/trainings/",
    icon="school",
    words="培训",
    visible=can_read_knowledge,
    under="/knowledge/",
)
register_page(
    "accounts.standards",
    _("Service standards"),
    "/standards/",
    icon="ruler-2",
    words="服务标准",
    visible=can_read_knowledge,
    under="/knowledge/",
)


def _held(user: User) -> list[HoldingRow]:
    rows = Suggestion.objects.unanswered().filter(owner=user).select_related("unit").order_by("pk")
    return [HoldingRow(str(row.pk), row.unit.name, row.text[:80], row.get_absolute_url()) for row in rows]


def _hand_over(row_ids: Sequence[str], frm: User, to: User, by: User) -> None:
    for row in Suggestion.objects.filter(pk__in=row_ids, owner=frm).order_by("pk"):
        services.assign_suggestion(row, to, by=by)


register_holding(Holding("accounts.suggestions", _("Customers’ suggestions"), _held, _hand_over, order=42))
register_history(
    "accounts.article",
    Article,
    load=visible_row(Article.objects),
    parts=lambda row: list(row.revisions.all()),
)
