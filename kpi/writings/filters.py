"""Filters of the list of writings."""

import django_filters
from django.utils.translation import gettext_lazy as _

from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import sellers_offered
from kpi.writings.labels import KIND_LABELS, STATE_LABELS
from kpi.writings.models import Writing


class WritingFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    kind = OneOf(label=_("Kind"), choices=list(KIND_LABELS.items()))
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    author = OneOfRows(label=_("Author"), queryset=sellers_offered)
    is_late = django_filters.BooleanFilter(label=_("Late"), field_name="is_late")

    class Meta:
        model = Writing
        fields = ()
