"""The list of service plans: who is served how, what is next, which review is due."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.red_flags.models import RedFlag
from accounts.red_flags.terms import FlagKind
from accounts.service_plans.documents import ShownPlan, shown_plan
from accounts.service_plans.filters import PlanFilter
from accounts.service_plans.models import ServicePlan, ServicePlanReview, ServicePlanRevision
from accounts.service_plans.selectors import followed, reviews_due
from accounts.units.terms import Tier
from kam.core.clock import business_date
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _rows(user: User) -> QuerySet[ServicePlan]:
    """Every plan of the units that the person sees, with what the filters ask for: said by the database as the rules say it."""
    today = business_date()
    now = ServicePlanRevision.objects.filter(plan=OuterRef("pk"), starts_on__lte=today).order_by(
        "-starts_on", "-revision"
    )
    flags = RedFlag.objects.standing().filter(
        unit=OuterRef("unit"), person=OuterRef("person"), kind=FlagKind.SERVICE_PLAN_OVERDUE
    )
    reviews = ServicePlanReview.objects.filter(unit=OuterRef("unit")).order_by("-on")
    first = ServicePlanRevision.objects.filter(plan__unit=OuterRef("unit")).order_by().values("plan__unit")
    began = Subquery(first.annotate(first=Min("starts_on")).values("first"), output_field=DateField())
    rows = ServicePlan.objects.visible_to(user).annotate(
        mode_now=Subquery(now.values("mode")[:1]),
        is_stopped=Subquery(now.values("is_stopped")[:1]),
        is_overdue=Exists(flags),
        reviewed_on=Subquery(reviews.values("on")[:1], output_field=DateField()),
        began_on=began,
    )
    base = Coalesce(F("reviewed_on"), F("began_on"))
    month = Func(base, template="(%(expressions)s + interval '1 month')::date", output_field=DateField())
    rows = rows.annotate(month_on=month).annotate(
        unit_sort=F("unit__sort_key"), is_review_due=ExpressionWrapper(_review_due(today), BooleanField())
    )
    return rows.select_related("unit", "unit__owner", "person")


def _review_due(today: date) -> Q:
    """A month after the last review or the first plan; for a focus unit of tier A after a visit. The rule is `review_due`."""
    visited = Q(reviewed_on__isnull=True, unit__last_visit_on__gte=F("began_on")) | Q(
        unit__last_visit_on__gt=F("reviewed_on")
    )
    hot = Q(unit__tier=Tier.A, unit__is_focus=True) & visited
    return Q(month_on__lte=today) | hot


def _beside(ids: list[int], user: User, columns: tuple[str, ...]) -> Mapping[str, Mapping[int, Any]]:
    """Follow the plans of a page or a file at once."""
    del user, columns
    found = followed(ServicePlan.objects.filter(pk__in=ids), today=business_date())
    units = {one.plan.pk: one.plan.unit_id for one in found}
    reviews = reviews_due(set(units.values()))
    return {
        "shown": {one.plan.pk: shown_plan(one) for one in found},
        "review": {pk: reviews[unit].on for pk, unit in units.items() if unit in reviews},
    }


def _shown(row: Any) -> ShownPlan:
    shown: ShownPlan = row.beside["shown"]
    return shown


def _state(row: Any) -> tuple[str, Any]:
    shown = _shown(row)
    if shown.followed.overdue is not None and not shown.state:
        return "danger", _("Overdue")
    return ("draft", shown.state) if shown.state else (shown.tone, shown.standing)


def _search(rows: QuerySet[ServicePlan], text: str) -> QuerySet[ServicePlan]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(names | find_by_name(text, path="person__"))


def _name(row: ServicePlan) -> Name:
    return Name(row.unit.name, tier=row.unit.tier, lang="zh-Hans")


def _frequency(row: Any) -> str:
    current = _shown(row).current
    return current.frequency_text if current else ""


def _mode(row: Any) -> str:
    current = _shown(row).current
    return str(current.get_mode_display()) if current else ""


def _month(row: Any) -> str:
    counted = _shown(row).month
    return f"{counted.done + counted.late} / {counted.planned}"


PLANS = register_list(
    ListSpec(
        key="accounts.service_plans",
        url="/service-plans/",
        title=_("Service plans"),
        rows=_rows,
        columns=(
            Column("unit", _("Unit"), _name, kind="name", sort="unit", phone="title"),
            Column("person", _("Person"), "person.name", phone="left"),
            Column("seat", _("Buyer role"), lambda row: row.get_seat_display(), phone="top"),
            Column("mode", _("Mode"), _mode),
            Column("frequency", _("Frequency"), _frequency),
            Column("next", _("Next due"), lambda row: _shown(row).next_on, kind="date", phone="end"),
            Column("state", _("State"), _state, kind="badge", phone="right"),
            Column("month", _("Done / planned this month"), _month),
            Column("review", _("Review due on"), lambda row: row.beside["review"], kind="date"),
            Column("objective", _("Objective"), lambda row: getattr(_shown(row).current, "objective", "")),
            Column(
                "action", _("Action"), lambda row: getattr(_shown(row).current, "action", ""), is_shown=False
            ),
            Column("owner", _("Owner"), "unit.owner.name", phone="foot"),
        ),
        sorts=(
            Sort("newest", _("Newest"), "created_at", descending=True),
            Sort("unit", _("Unit"), "unit_sort"),
        ),
        count_words=lambda count, words: ngettext("%(n)s plan", "%(n)s plans", count) % {"n": words},
        filterset=PlanFilter,
        search=_search,
        search_hint=_("Name, pinyin, code of the unit"),
        row_url=lambda row: row.get_absolute_url(),
        views=(
            View("overdue", _("Overdue"), "overdue=true"),
            View("review", _("Review due"), "review=true"),
        ),
        empty=Empty(
            _("No service plan yet"),
            _("Open a unit, tab “Service plan”, and take over what is proposed for each role."),
            icon="calendar-repeat",
        ),
        beside=_beside,
    )
)
