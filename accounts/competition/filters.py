"""Filters of the list of competitors; every one stands in the address and shows as a chip."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.competition.models import Competitor, ProductLine, ProductPosition
from accounts.competition.selectors import competitors_seen
from accounts.units.terms import Tier
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import Asked


def _competitors(asked: Asked) -> QuerySet[Competitor]:
    """Those of the units that the reader sees: a name nobody told them is not offered either."""
    return competitors_seen(asked.user)


class PositionFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    competitor = OneOfRows(label=_("Competitor"), queryset=_competitors)
    line = OneOfRows(label=_("Product line"), queryset=ProductLine.objects.all())
    tier = OneOf(label=_("Tier"), field_name="unit__tier", choices=[(t, t.value) for t in Tier])

    class Meta:
        model = ProductPosition
        fields = ()
