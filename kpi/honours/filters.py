"""Filters of the list of honours."""

import django_filters
from django.utils.translation import gettext_lazy as _

from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import teams_offered
from kpi.honours.labels import KIND_LABELS, OCCASION_LABELS, STATE_LABELS
from kpi.honours.models import Honour


class HonourFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    kind = OneOf(label=_("Kind"), choices=list(KIND_LABELS.items()))
    occasion = OneOf(label=_("For what"), choices=list(OCCASION_LABELS.items()))
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    team = OneOfRows(label=_("Team"), queryset=teams_offered)

    class Meta:
        model = Honour
        fields = ()
