"""The lists of gift plans and of recurring gifts."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.gift_plans.filters import PlanFilter, ScheduleFilter
from campaigns.gift_plans.models import GiftPlan, GiftSchedule
from campaigns.gift_plans.terms import STATE_TONES, PlanState, Rhythm
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _plans(user: User) -> QuerySet[GiftPlan]:
    worth = Sum(F("lines__price_amount") * F("lines__quantity"))
    rows = GiftPlan.objects.visible_to(user).select_related("owner")
    return rows.annotate(gifts=Count("lines"), worth=worth)


PLANS = register_list(
    ListSpec(
        key="campaigns.gift_plans",
        url="/gifts/plans/",
        title=_("Gift plans"),
        rows=_plans,
        columns=(
            Column(
                "name", _("Gift plan"), lambda p: Name(p.name, sub=p.owner.name), kind="name", phone="title"
            ),
            Column("number", _("Number"), "number", kind="tag"),
            Column(
                "state",
                _("State"),
                lambda p: (STATE_TONES[PlanState(p.state)], str(p.get_state_display())),
                kind="badge",
                phone="left",
            ),
            Column("gifts", _("Gifts"), "gifts", kind="number"),
            Column("worth", _("Worth in yuan"), "worth", kind="money", phone="right"),
            Column("starts", _("From"), "starts_on", kind="date", sort="starts", phone="end"),
            Column("ends", _("Until"), "ends_on", kind="date"),
            Column("owner", _("Drafted by"), "owner.name", is_shown=False),
        ),
        sorts=(
            Sort("newest", _("Newest"), "id", descending=True),
            Sort("starts", _("Earliest first"), "starts_on"),
        ),
        count_words=lambda count, words: ngettext("%(n)s plan", "%(n)s plans", count) % {"n": words},
        filterset=PlanFilter,
        search=lambda rows, text: rows.filter(Q(name__icontains=text) | Q(number__iexact=text)),
        search_hint=_("Name or number"),
        row_url=lambda row: row.get_absolute_url(),
        empty=Empty(
            _("No gift plans yet"),
            _("A plan says who gets what on which day; requests come of it."),
            action_label=_("New gift plan"),
            action_url="/gifts/plans/new/",
            icon="gift",
        ),
    )
)


def when_words(row: GiftSchedule) -> str:
    """Return when a gift comes round, in words."""
    if row.rhythm == Rhythm.MONTHS:
        return gettext("Every %(n)s months") % {"n": row.months}
    return str(row.get_festival_display() if row.festival else row.get_rhythm_display())


def _state(row: GiftSchedule) -> tuple[str, Any]:
    if row.ends_on is not None:
        return "draft", pgettext_lazy("recurring gift", "Stopped")
    return "good", pgettext_lazy("recurring gift", "Running")


def _schedules(user: User) -> QuerySet[GiftSchedule]:
    return GiftSchedule.objects.visible_to(user).select_related("unit", "person", "item")


def _search(rows: QuerySet[GiftSchedule], text: str) -> QuerySet[GiftSchedule]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(names | Q(person__name__icontains=text) | Q(item__name__icontains=text))


SCHEDULES = register_list(
    ListSpec(
        key="campaigns.gift_schedules",
        url="/gifts/schedules/",
        title=_("Recurring gifts"),
        rows=_schedules,
        columns=(
            Column(
                "gift",
                _("Gift"),
                lambda s: Name(
                    f"{s.item.name} × {s.quantity}", sub=f"{s.person.name} · {s.unit.name}", lang="zh-Hans"
                ),
                kind="name",
                phone="title",
            ),
            Column("when", _("When"), when_words, phone="right"),
            Column("state", _("State"), _state, kind="badge", phone="left"),
            Column("starts", _("From"), "starts_on", kind="date", phone="end"),
            Column("ends", _("Until"), "ends_on", kind="date"),
            Column("reason", _("Why"), "reason", phone="foot"),
            Column("person", pgettext_lazy("gift", "For whom"), "person.name", is_shown=False),
            Column("unit", _("Unit"), "unit.name", is_shown=False),
            Column("end_reason", _("Why it was stopped"), "end_reason", is_shown=False),
        ),
        sorts=(Sort("newest", _("Newest"), "id", descending=True),),
        count_words=lambda count, words: (
            ngettext("%(n)s recurring gift", "%(n)s recurring gifts", count) % {"n": words}
        ),
        filterset=ScheduleFilter,
        search=_search,
        search_hint=_("Gift, person, unit"),
        row_url=lambda row: f"/accounts/{row.unit_id}/?tab=gift-plan",
        views=(View("running", _("Running"), "running=true"),),
        empty=Empty(_("No recurring gifts yet"), _("They are written on the record of a unit."), icon="gift"),
    )
)
