"""Filters of the list of outlets."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.outlets.labels import KIND_LABELS
from campaigns.outlets.models import Outlet
from kam.lists.filters import OneOf

_STATES = (("open", pgettext_lazy("outlet", "Open")), ("closed", pgettext_lazy("outlet", "Closed")))


class OutletFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    kind = OneOf(label=_("Kind"), choices=list(KIND_LABELS.items()))
    state = django_filters.ChoiceFilter(label=_("State"), choices=_STATES, method="of_state")
    image = django_filters.BooleanFilter(label=_("Image store"), method="of_image")
    opened = django_filters.DateFromToRangeFilter(label=_("Opening day"), field_name="opened_on")

    class Meta:
        model = Outlet
        fields = ()

    def of_state(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        return rows.filter(closed_on__isnull=state == "open")

    def of_image(self, rows: QuerySet[Any], _name: str, is_image: bool) -> QuerySet[Any]:
        return rows.filter(image_on__isnull=not is_image)
