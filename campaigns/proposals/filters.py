"""Filters of the list of proposals."""

import django_filters
from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.models import Campaign
from campaigns.proposals.labels import STATE_LABELS
from campaigns.proposals.models import Proposal
from kam.lists.filters import OneOf, OneOfRows


class ProposalFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    campaign = OneOfRows(label=_("Campaign"), queryset=Campaign.objects.order_by("-pk"))

    class Meta:
        model = Proposal
        fields = ()
