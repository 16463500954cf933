"""Filters of the list of targets."""

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import sellers_offered
from kpi.measures.registry import measure
from kpi.targets.models import Target
from kpi.targets.terms import TARGETED


class TargetFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    year = django_filters.NumberFilter(label=_("Year"), field_name="year")
    measure = OneOf(label=_("Measure"), choices=lambda: [(key, measure(key).label) for key in TARGETED])
    person = OneOfRows(label=pgettext_lazy("staff", "Person"), queryset=sellers_offered)

    class Meta:
        model = Target
        fields = ()
