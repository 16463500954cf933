"""Filters of the list of rebates; every one stands in the address and shows as a chip."""

import django_filters
from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.models import Campaign
from campaigns.rebates.labels import MODE_LABELS, STATE_LABELS
from campaigns.rebates.models import Rebate
from kam.lists.filters import OneOf, OneOfRows


class RebateFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    mode = OneOf(label=_("How"), choices=list(MODE_LABELS.items()))
    campaign = OneOfRows(label=_("Campaign"), queryset=Campaign.objects.order_by("-pk"))

    class Meta:
        model = Rebate
        fields = ()
