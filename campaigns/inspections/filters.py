"""Filters of the list of inspections."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.inspections.models import Inspection, SeenRow
from kam.lists.filters import OneOfRows
from kam.users.offers import people_offered


class InspectionFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    by = OneOfRows(label=_("Inspected by"), queryset=people_offered)
    on = django_filters.DateFromToRangeFilter(label=_("Day"))
    open = django_filters.BooleanFilter(label=_("Something is still to be mended"), method="still_open")

    class Meta:
        model = Inspection
        fields = ()

    def still_open(self, rows: QuerySet[Any], _name: str, is_open: bool) -> QuerySet[Any]:
        waiting = Exists(
            SeenRow.objects.filter(inspection=OuterRef("pk"), task__done_at=None, verdict="failed")
        )
        return rows.filter(waiting if is_open else ~waiting)
