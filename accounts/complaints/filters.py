"""Filters of the list of complaints; every one stands in the address and shows as a chip."""

import django_filters
from django.utils.translation import gettext_lazy as _

from accounts.complaints.labels import KIND_LABELS, SEVERITY_LABELS, STATE_LABELS, VERDICT_LABELS
from accounts.complaints.models import Complaint
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import people_offered


class ComplaintFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    severity = OneOf(label=_("Severity"), choices=list(SEVERITY_LABELS.items()))
    verdict = OneOf(label=_("Valid or not"), choices=list(VERDICT_LABELS.items()))
    kind = OneOf(label=_("Kind of complaint"), choices=list(KIND_LABELS.items()))
    owner = OneOfRows(label=_("Handled by"), queryset=people_offered)
    since = django_filters.DateFilter(label=_("Received from"), field_name="received_on", lookup_expr="gte")
    until = django_filters.DateFilter(label=_("Received until"), field_name="received_on", lookup_expr="lte")

    class Meta:
        model = Complaint
        fields = ()
