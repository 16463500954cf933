"""Filters of the register."""

import django_filters
from django.utils.translation import gettext_lazy as _

from kam.lists.filters import OneOf
from kam.personnel.labels import KIND_LABELS, STATE_LABELS
from kam.personnel.models import Proposal


class ProposalFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    kind = OneOf(label=_("Kind"), choices=[(k.value, label) for k, label in KIND_LABELS.items()])
    state = OneOf(label=_("State"), choices=[(s.value, label) for s, label in STATE_LABELS.items()])

    class Meta:
        model = Proposal
        fields = ()
