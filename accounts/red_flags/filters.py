"""Filters of the list of flags; every one stands in the address and shows as a chip."""

import django_filters
from django.utils.translation import gettext_lazy as _

from accounts.red_flags import labels
from accounts.red_flags.models import RedFlag
from accounts.red_flags.terms import Severity
from accounts.units.terms import Tier
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import sellers_offered, teams_offered


class FlagFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    kind = OneOf(label=_("Kind"), choices=list(labels.KIND_LABELS.items()))
    state = OneOf(label=_("State"), choices=list(labels.STATE_LABELS.items()))
    severity = django_filters.ChoiceFilter(
        label=_("Severity"), choices=[(s, labels.SEVERITY_LABELS[s]) for s in Severity]
    )
    tier = OneOf(label=_("Tier"), field_name="unit__tier", choices=[(t, t.value) for t in Tier])
    owner = OneOfRows(label=_("Owner"), field_name="unit__owner", queryset=sellers_offered)
    team = OneOfRows(label=_("Team"), field_name="unit__team", queryset=teams_offered)

    class Meta:
        model = RedFlag
        fields = ()
