"""Filters of the list of quotes; every one stands in the address and shows as a chip."""

import django_filters
from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.models import Campaign
from campaigns.quotes.labels import STATE_LABELS
from campaigns.quotes.models import Quote
from kam.lists.filters import OneOf, OneOfRows


class QuoteFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    campaign = OneOfRows(label=_("Campaign"), queryset=Campaign.objects.order_by("-pk"))

    class Meta:
        model = Quote
        fields = ()
