"""Filters of the list of strengthening sheets."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.relationships.labels import OUTCOME_LABELS, STRENGTH_LABELS
from accounts.relationships.models import StrengtheningSheet
from accounts.units.terms import Tier
from kam.core.clock import business_date
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import sellers_offered


class SheetFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("open", _("Running")), ("due", _("Review due")), ("closed", _("Closed"))],
        method="filter_state",
    )
    strength = OneOf(
        label=_("Strength now"), choices=[(int(s), label) for s, label in STRENGTH_LABELS.items()]
    )
    target = OneOf(label=_("Goal"), choices=[(int(s), label) for s, label in STRENGTH_LABELS.items()])
    outcome = OneOf(label=_("Outcome"), choices=list(OUTCOME_LABELS.items()))
    tier = OneOf(label=_("Tier"), field_name="unit__tier", choices=[(t, t.value) for t in Tier])
    owner = OneOfRows(label=_("Owner"), field_name="unit__owner", queryset=sellers_offered)

    class Meta:
        model = StrengtheningSheet
        fields = ()

    def filter_state(
        self, rows: QuerySet[StrengtheningSheet], _name: str, state: str
    ) -> QuerySet[StrengtheningSheet]:
        if state == "due":
            return rows.filter(closed_on=None, next_review_on__lte=business_date())
        return rows.filter(closed_on__isnull=state == "open")
