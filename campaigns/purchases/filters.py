"""Filters of the list of purchases."""

import django_filters
from django.utils.translation import gettext_lazy as _

from campaigns.purchases.labels import STATE_LABELS
from campaigns.purchases.models import Purchase
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import people_offered


class PurchaseFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    asked_by = OneOfRows(label=_("Applicant"), queryset=people_offered)
    is_urgent = django_filters.BooleanFilter(label=_("Urgent"))

    class Meta:
        model = Purchase
        fields = ()
