"""Filters of the lists of money; every one stands in the address and shows as a chip."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.budgets.labels import MOVEMENT_LABELS, STATE_LABELS
from campaigns.budgets.models import Budget, BudgetLine, Movement
from campaigns.campaigns.models import Campaign
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import Asked


def _campaigns(asked: Asked) -> QuerySet[Campaign]:
    return Campaign.objects.visible_to(asked.user)


def _budgets(asked: Asked) -> QuerySet[Budget]:
    return Budget.objects.visible_to(asked.user).approved()


class BudgetFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    campaign = OneOfRows(label=_("Campaign"), queryset=_campaigns)

    class Meta:
        model = Budget
        fields = ()


class LineFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    budget = OneOfRows(label=_("Budget"), queryset=_budgets)

    class Meta:
        model = BudgetLine
        fields = ()


class EntryFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    budget = OneOfRows(label=_("Budget"), field_name="line__budget", queryset=_budgets)
    kind = OneOf(label=pgettext_lazy("ledger", "Entry"), choices=list(MOVEMENT_LABELS.items()))

    class Meta:
        model = Movement
        fields = ()
