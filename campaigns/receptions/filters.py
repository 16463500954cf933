"""Filters of the list of receptions."""

import django_filters
from django.utils.translation import gettext_lazy as _

from campaigns.receptions.labels import STATE_LABELS
from campaigns.receptions.models import Reception
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import people_offered


class ReceptionFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    asked_by = OneOfRows(label=_("Applicant"), queryset=people_offered)

    class Meta:
        model = Reception
        fields = ()
