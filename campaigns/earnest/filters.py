"""Filters of the list of earnest money; every one stands in the address and shows as a chip."""

import django_filters
from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.models import Campaign
from campaigns.earnest.labels import KIND_LABELS, STATE_LABELS
from campaigns.earnest.models import Earnest
from kam.lists.filters import OneOf, OneOfRows


class EarnestFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    kind = OneOf(label=_("Kind of buyer"), choices=list(KIND_LABELS.items()))
    campaign = OneOfRows(label=_("Campaign"), queryset=Campaign.objects.order_by("-pk"))

    class Meta:
        model = Earnest
        fields = ()
