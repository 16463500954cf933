"""Filters of the list of job sheets."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kam.job_sheets.labels import STATE_LABELS, SUBJECT_LABELS
from kam.job_sheets.models import JobSheet
from kam.lists.filters import OneOf


class JobSheetFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    subject = OneOf(label=_("Position"), choices=list(SUBJECT_LABELS.items()))
    state = OneOf(label=_("State"), choices=[(s.value, label) for s, label in STATE_LABELS.items()])
    in_force = django_filters.BooleanFilter(label=_("In force"), method="filter_in_force")

    class Meta:
        model = JobSheet
        fields = ()

    def filter_in_force(self, rows: QuerySet[JobSheet], _name: str, is_wanted: bool) -> QuerySet[JobSheet]:
        now = JobSheet.objects.in_force().values("pk")
        return rows.filter(pk__in=now) if is_wanted else rows.exclude(pk__in=now)
