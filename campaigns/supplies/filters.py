"""Filters of the lists of accounts and of supplies in stock."""

import django_filters
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.materials.models import Material
from campaigns.supplies.labels import STATE_LABELS
from campaigns.supplies.models import SupplyAccount
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import people_offered, teams_offered


class AccountFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    user = OneOfRows(label=_("For whom"), queryset=people_offered)
    team = OneOfRows(label=_("Team"), queryset=teams_offered)

    class Meta:
        model = SupplyAccount
        fields = ()


class SupplyFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    low = django_filters.BooleanFilter(label=_("To be ordered"), method="by_low")

    class Meta:
        model = Material
        fields = ()

    def by_low(self, rows: QuerySet[Material], _name: str, value: bool | None) -> QuerySet[Material]:
        """Return what is below what is to be kept, or the rest."""
        if value is None:
            return rows
        is_low = Q(stock__lt=F("quantity"))
        return rows.filter(is_low) if value else rows.exclude(is_low)
