"""Filters of the list of units; every one stands in the address and shows as a chip."""

from datetime import date, timedelta

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.units import labels
from accounts.units.models import KeyAccount
from accounts.units.terms import Tier, UnitStatus
from kam.core.asked import number_in
from kam.core.clock import business_date
from kam.lists.filters import OneOf, OneOfRows
from kam.users.models import Industry
from kam.users.offers import sellers_offered, teams_offered


def _days() -> list[tuple[int | str, str]]:
    """Empty first: a panel that is sent says nothing about what nobody chose."""
    return [("", "–"), *((n, gettext("%(n)s days") % {"n": n}) for n in (7, 14, 30, 60, 90))]


class UnitFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    channel = OneOf(label=_("Channel"), choices=list(labels.CHANNEL_LABELS.items()))
    tier = OneOf(label=_("Tier"), choices=[(t, t.value) for t in Tier])
    status = OneOf(label=_("Status"), choices=list(labels.STATUS_LABELS.items()))
    unit_class = OneOf(label=_("Class"), choices=list(labels.CLASS_LABELS.items()))
    owner = OneOfRows(label=_("Owner"), queryset=sellers_offered)
    team = OneOfRows(label=_("Team"), queryset=teams_offered)
    industry = OneOfRows(label=_("Industry"), queryset=Industry.objects.all())
    round = django_filters.NumberFilter(
        label=_("Expansion round"), field_name="expansion_round", min_value=1, max_value=99
    )
    phase = OneOf(label=_("Phase"), choices=list(labels.PHASE_LABELS.items()))
    at_step = OneOf(label=_("Step"), field_name="step", choices=list(labels.STEP_LABELS.items()))
    core = django_filters.BooleanFilter(label=_("Core"), field_name="is_core")
    focus = django_filters.BooleanFilter(label=_("Focus"), field_name="is_focus")
    silent = django_filters.TypedChoiceFilter(
        label=_("No contact for"), choices=_days, coerce=int, method="filter_silent"
    )
    unvisited = django_filters.TypedChoiceFilter(
        label=_("No visit for"), choices=_days, coerce=int, method="filter_unvisited"
    )
    step = django_filters.ChoiceFilter(
        label=_("Next step"),
        choices=[("late", _("overdue")), ("none", _("missing"))],
        method="filter_step",
    )
    flagged = django_filters.ChoiceFilter(
        label=_("Red flags"),
        choices=[("any", _("any open")), ("danger", _("open, dangerous")), ("none", _("none open"))],
        method="filter_flagged",
    )
    lacks = django_filters.ChoiceFilter(
        label=_("Nobody in the role of"), choices=list(labels.SEATS_ASKED.items()), method="filter_lacks"
    )
    has = django_filters.ChoiceFilter(
        label=_("Somebody in the role of"), choices=list(labels.SEATS_ASKED.items()), method="filter_has"
    )
    only = django_filters.BaseInFilter(label=_("Selected"), method="filter_only", widget=forms.HiddenInput)
    nobody = django_filters.ChoiceFilter(
        label=_("Owner"), choices=[("yes", _("nobody"))], method="filter_nobody"
    )

    class Meta:
        model = KeyAccount
        fields = ()

    def filter_silent(self, rows: QuerySet[KeyAccount], _name: str, days: int) -> QuerySet[KeyAccount]:
        return rows.filter(Q(last_contact_on__lt=_ago(days)) | Q(last_contact_on=None))

    def filter_unvisited(self, rows: QuerySet[KeyAccount], _name: str, days: int) -> QuerySet[KeyAccount]:
        return rows.filter(Q(last_visit_on__lt=_ago(days)) | Q(last_visit_on=None))

    def filter_nobody(self, rows: QuerySet[KeyAccount], _name: str, _which: str) -> QuerySet[KeyAccount]:
        return rows.filter(owner=None)

    def filter_only(self, rows: QuerySet[KeyAccount], _name: str, ids: list[str]) -> QuerySet[KeyAccount]:
        """The units that were ticked; whatever is no number names none."""
        return rows.filter(pk__in=[number for text in ids if (number := number_in(text)) is not None])

    def filter_flagged(self, rows: QuerySet[KeyAccount], _name: str, which: str) -> QuerySet[KeyAccount]:
        """By open red flags; their room stands above, so they are asked by the names of their columns."""
        flagged = KeyAccount.objects.filter(red_flags__state="open")
        if which == "danger":
            flagged = KeyAccount.objects.filter(red_flags__state="open", red_flags__severity="danger")
        return (
            rows.exclude(pk__in=flagged.values("pk"))
            if which == "none"
            else rows.filter(pk__in=flagged.values("pk"))
        )

    def filter_lacks(self, rows: QuerySet[KeyAccount], _name: str, seat: str) -> QuerySet[KeyAccount]:
        """Units that are worked, in which nobody holds a seat."""
        return _worked(rows).exclude(pk__in=_held(seat).values("pk"))

    def filter_has(self, rows: QuerySet[KeyAccount], _name: str, seat: str) -> QuerySet[KeyAccount]:
        """Units that are worked, in which somebody holds a seat."""
        return _worked(rows).filter(pk__in=_held(seat).values("pk"))

    def filter_step(self, rows: QuerySet[KeyAccount], _name: str, which: str) -> QuerySet[KeyAccount]:
        if which == "late":
            return rows.filter(next_step_due_on__lt=business_date()).exclude(next_step="")
        return rows.filter(next_step="")


def _worked(rows: QuerySet[KeyAccount]) -> QuerySet[KeyAccount]:
    return rows.exclude(owner=None).exclude(status__in=[UnitStatus.LOST, UnitStatus.DORMANT])


def _held(seat: str) -> QuerySet[KeyAccount]:
    """Return the units in which somebody holds a seat today; the room of roles stands above, so its columns are asked by name."""
    kind, today = seat.removeprefix("gatekeeper_"), business_date()
    is_kind = Q(persons__roles__gatekeeper_kind=kind) if kind != seat else Q(persons__roles__role=seat)
    return KeyAccount.objects.filter(
        is_kind,
        Q(persons__roles__ended_on=None) | Q(persons__roles__ended_on__gt=today),
        persons__roles__started_on__lte=today,
        persons__left_on=None,
    )


def _ago(days: int) -> date:
    return business_date() - timedelta(days=days)
