"""Filters of the list of appointments."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kam.core.clock import business_date
from kam.lists.filters import OneOf
from visits.appointments.models import ORIGIN_LABELS, STATE_LABELS, Appointment
from visits.appointments.selectors import day_bounds
from visits.appointments.terms import OPEN


class AppointmentFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    origin = django_filters.ChoiceFilter(label=_("Origin"), choices=list(ORIGIN_LABELS.items()))
    when = django_filters.ChoiceFilter(
        label=_("Time"),
        choices=[("open", _("to come")), ("today", _("today")), ("none", _("without a time"))],
        method="filter_when",
    )

    class Meta:
        model = Appointment
        fields: tuple[str, ...] = ()

    def filter_when(self, rows: QuerySet[Appointment], _name: str, value: str) -> QuerySet[Appointment]:
        if value == "none":
            return rows.filter(starts_at__isnull=True, state__in=sorted(OPEN))
        start, end = day_bounds(business_date(), business_date())
        if value == "today":
            return rows.filter(starts_at__gte=start, starts_at__lt=end)
        return rows.filter(starts_at__gte=start, state__in=sorted(OPEN))
