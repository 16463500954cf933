"""The list of business trips."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kam.lists.spec import Column, Empty, ListSpec, Sort, View, register_list
from kam.users.models import User
from visits.trips.filters import TripFilter
from visits.trips.models import Trip


def _rows(user: User) -> QuerySet[Trip]:
    return Trip.objects.visible_to(user).select_related("user").prefetch_related("units")


def _where(row: Trip) -> str:
    names = [unit.name for unit in row.units.all()]
    return gettext(", ").join([*names, row.place] if row.place else names)


def _state(row: Trip) -> tuple[str, Any]:
    return row.tone, row.get_state_display()


def _search(rows: QuerySet[Trip], text: str) -> QuerySet[Trip]:
    found = Trip.objects.filter(
        Q(units__name__icontains=text)
        | Q(place__icontains=text)
        | Q(purpose__icontains=text)
        | Q(user__name__icontains=text)
    )
    return rows.filter(pk__in=found.values("pk"))


TRIPS = register_list(
    ListSpec(
        key="visits.trips",
        url="/visits/trips/",
        title=_("Business trips"),
        rows=_rows,
        columns=(
            Column("where", _("Where"), _where, phone="title"),
            Column("user", _("Traveller"), "user.name", phone="left"),
            Column("starts", _("First day"), "starts_on", kind="date", sort="starts", phone="end"),
            Column("ends", _("Last day"), "ends_on", kind="date"),
            Column("days", pgettext_lazy("how many", "Days"), "days", kind="number"),
            Column("state", _("State"), _state, kind="badge", phone="right"),
            Column("estimate", _("Estimated cost"), "estimate_amount", kind="money", phone="foot"),
            Column("actual", _("Actual cost"), "actual_amount", kind="money"),
            Column("purpose", _("Purpose"), "purpose"),
            Column("result", _("What came of it"), "result", is_shown=False),
        ),
        sorts=(Sort("starts", _("Newest"), "starts_on", descending=True),),
        count_words=lambda count, words: ngettext("%(n)s trip", "%(n)s trips", count) % {"n": words},
        filterset=TripFilter,
        search=_search,
        search_hint=_("Unit, place, purpose, name"),
        row_url=lambda row: row.get_absolute_url(),
        views=(View("report", _("Report due"), "report=true"),),
        empty=Empty(_("No business trip yet"), _("Ask for one before you leave."), icon="luggage"),
    )
)
