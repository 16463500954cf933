"""Filters of the list of statistics."""

import django_filters
from django.utils.translation import gettext_lazy as _

from kpi.statistics.models import Statement


class StatementFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    is_late = django_filters.BooleanFilter(label=_("Late"), field_name="is_late")
    unread = django_filters.BooleanFilter(label=_("Not read yet"), field_name="read_at", lookup_expr="isnull")

    class Meta:
        model = Statement
        fields = ()
