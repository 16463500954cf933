"""Filters of the list of service plans; every one stands in the address and shows as a chip."""

import django_filters
from django.utils.translation import gettext_lazy as _

from accounts.roles.labels import SEAT_LABELS
from accounts.service_plans.labels import MODE_LABELS
from accounts.service_plans.models import ServicePlan
from accounts.units.terms import Tier
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import sellers_offered


class PlanFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    seat = OneOf(label=_("Buyer role"), choices=list(SEAT_LABELS.items()))
    mode = OneOf(label=_("Mode"), field_name="mode_now", choices=list(MODE_LABELS.items()))
    tier = OneOf(label=_("Tier"), field_name="unit__tier", choices=[(t, t.value) for t in Tier])
    owner = OneOfRows(label=_("Owner"), field_name="unit__owner", queryset=sellers_offered)
    overdue = django_filters.BooleanFilter(label=_("Overdue"), field_name="is_overdue")
    review = django_filters.BooleanFilter(label=_("Review due"), field_name="is_review_due")
    stopped = django_filters.BooleanFilter(label=_("Stopped"), field_name="is_stopped")

    class Meta:
        model = ServicePlan
        fields = ()
