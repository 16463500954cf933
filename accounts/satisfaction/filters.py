"""Filters of the list of surveys; every one stands in the address and shows as a chip."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.satisfaction.labels import STATE_LABELS
from accounts.satisfaction.models import Invitation, SurveyRound
from accounts.satisfaction.terms import InvitationState
from kam.lists.filters import OneOfRows
from kam.users.offers import Asked, people_offered


def _rounds(asked: Asked) -> QuerySet[SurveyRound]:
    return SurveyRound.objects.visible_to(asked.user)


class InvitationFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    round = OneOfRows(label=_("Survey round"), queryset=_rounds)
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=list(STATE_LABELS.items()), method="in_state"
    )
    low = django_filters.BooleanFilter(label=_("Low answers"), field_name="response__is_low")
    owner = OneOfRows(label=_("Owner"), field_name="unit__owner", queryset=people_offered)

    class Meta:
        model = Invitation
        fields = ()

    def in_state(self, rows: QuerySet[Invitation], _name: str, value: Any) -> QuerySet[Invitation]:
        """The state is computed from times; each has its condition."""
        waiting = Q(response__isnull=True, withdrawn_at__isnull=True)
        conditions = {
            InvitationState.ANSWERED: Q(response__isnull=False),
            InvitationState.WITHDRAWN: Q(response__isnull=True, withdrawn_at__isnull=False),
            InvitationState.EXPIRED: waiting & Q(expires_at__lte=timezone.now()),
            InvitationState.OPEN: waiting & Q(expires_at__gt=timezone.now()),
        }
        return rows.filter(conditions[InvitationState(value)])
