"""Filters of the list of registered customers; every one stands in the address and shows as a chip."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.labels import CHANNEL_LABELS
from campaigns.campaigns.models import Campaign
from campaigns.prospects.labels import INTENTION_LABELS, PROGRESS_LABELS, SOURCE_LABELS
from campaigns.prospects.models import Prospect
from campaigns.prospects.terms import Progress
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import people_offered

_REACHED = {
    Progress.BOUGHT: Q(bought_on__isnull=False),
    Progress.DROPPED: Q(bought_on__isnull=True, dropped_on__isnull=False),
    Progress.SINCERE: Q(bought_on__isnull=True, dropped_on__isnull=True, sincere_on__isnull=False),
    Progress.REGISTERED: Q(bought_on__isnull=True, dropped_on__isnull=True, sincere_on__isnull=True),
}


class ProspectFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    progress = OneOf(label=_("State"), choices=list(PROGRESS_LABELS.items()), method="by_progress")
    intention = OneOf(label=_("Intention"), choices=list(INTENTION_LABELS.items()))
    source = OneOf(label=_("Source"), choices=list(SOURCE_LABELS.items()))
    channel = OneOf(label=_("Channel"), choices=list(CHANNEL_LABELS.items()))
    campaign = OneOfRows(label=_("Campaign"), queryset=Campaign.objects.order_by("-pk"))
    owner = OneOfRows(label=_("Owner"), queryset=people_offered)

    class Meta:
        model = Prospect
        fields = ()

    def by_progress(self, rows: QuerySet[Prospect], _name: str, values: list[str]) -> QuerySet[Prospect]:
        """Return the rows that came as far as one of the chosen states."""
        chosen = Q(pk__in=())
        for value in values:
            chosen |= _REACHED[Progress(value)]
        return rows.filter(chosen) if values else rows
