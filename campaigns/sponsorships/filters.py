"""Filters of the list of sponsorships."""

import django_filters
from django.utils.translation import gettext_lazy as _

from campaigns.sponsorships.labels import KIND_LABELS, STATE_LABELS
from campaigns.sponsorships.models import Sponsorship
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import people_offered


class SponsorshipFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    kind = OneOf(label=_("Kind"), choices=list(KIND_LABELS.items()))
    asked_by = OneOfRows(label=_("Applicant"), queryset=people_offered)
    on = django_filters.DateFromToRangeFilter(label=_("First day"))

    class Meta:
        model = Sponsorship
        fields = ()
