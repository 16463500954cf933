"""Filters of the list of pilot launches."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.labels import STATE_LABELS
from campaigns.pilots.models import Pilot


class PilotFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=list(STATE_LABELS.items()), method="of_state"
    )
    launch = django_filters.DateFromToRangeFilter(label=_("Begins on"), field_name="launch_on")

    class Meta:
        model = Pilot
        fields = ()

    def of_state(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        return rows.filter(campaign__state=state)
