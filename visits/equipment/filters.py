"""Filters of the list of loans."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kam.core.clock import business_date
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import people_offered
from visits.bookings.models import Resource
from visits.bookings.terms import ResourceKind
from visits.equipment.labels import STATE_LABELS
from visits.equipment.models import Loan
from visits.equipment.terms import LoanState


class LoanFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    resource = OneOfRows(label=_("Equipment"), queryset=Resource.objects.filter(kind=ResourceKind.EQUIPMENT))
    user = OneOfRows(label=pgettext_lazy("equipment", "For whom"), queryset=people_offered)
    overdue = django_filters.BooleanFilter(label=_("Overdue"), method="by_overdue")

    class Meta:
        model = Loan
        fields = ()

    def by_overdue(self, rows: QuerySet[Loan], _name: str, value: bool | None) -> QuerySet[Loan]:
        """Return what should be back and is not, or the rest."""
        late = {"state": LoanState.OUT, "ends_on__lt": business_date()}
        return rows if value is None else rows.filter(**late) if value else rows.exclude(**late)
