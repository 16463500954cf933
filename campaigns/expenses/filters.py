"""Filters of the list of claims."""

import django_filters
from django.utils.translation import gettext_lazy as _

from campaigns.expenses.labels import LIMIT_LABELS, STATE_LABELS
from campaigns.expenses.models import ExpenseClaim, PhoneLimit
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import people_offered


class ClaimFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    claimant = OneOfRows(label=_("Claimant"), queryset=people_offered)

    class Meta:
        model = ExpenseClaim
        fields = ()


class LimitFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(LIMIT_LABELS.items()))
    user = OneOfRows(label=_("For whom"), queryset=people_offered)

    class Meta:
        model = PhoneLimit
        fields = ()
