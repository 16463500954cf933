"""Filters of the list of bids."""

import django_filters
from django.utils.translation import gettext_lazy as _

from campaigns.bids.labels import STATE_LABELS
from campaigns.bids.models import Bid
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import people_offered


class BidFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    responsible = OneOfRows(label=_("Responsible"), queryset=people_offered)

    class Meta:
        model = Bid
        fields = ()
