"""Filters of the list of trips."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kam.core.clock import business_date
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import sellers_offered
from visits.trips.labels import STATE_LABELS
from visits.trips.models import Trip
from visits.trips.terms import TripState


class TripFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=[(s.value, label) for s, label in STATE_LABELS.items()])
    user = OneOfRows(label=_("Traveller"), queryset=sellers_offered)
    since = django_filters.DateFilter(label=_("From"), field_name="ends_on", lookup_expr="gte")
    until = django_filters.DateFilter(label=_("Until"), field_name="starts_on", lookup_expr="lte")
    report = django_filters.BooleanFilter(label=_("Report due"), method="filter_report")

    class Meta:
        model = Trip
        fields = ()

    def filter_report(self, rows: QuerySet[Trip], _name: str, is_due: bool) -> QuerySet[Trip]:
        due = {"state": TripState.APPROVED, "ends_on__lte": business_date()}
        return rows.filter(**due) if is_due else rows.exclude(**due)
