"""Filters of the list of briefings; every one stands in the address and shows as a chip."""

import django_filters
from django.utils.translation import gettext_lazy as _

from campaigns.briefings.labels import STATE_LABELS
from campaigns.briefings.models import Briefing
from campaigns.campaigns.models import Campaign
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import people_offered


class BriefingFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    campaign = OneOfRows(label=_("Campaign"), queryset=Campaign.objects.order_by("-pk"))
    owner = OneOfRows(label=_("Responsible"), queryset=people_offered)

    class Meta:
        model = Briefing
        fields = ()
