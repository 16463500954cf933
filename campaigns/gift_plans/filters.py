"""Filters of the lists of gift plans and recurring gifts."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.gift_plans.labels import RHYTHM_LABELS, STATE_LABELS
from campaigns.gift_plans.models import GiftPlan, GiftSchedule
from campaigns.gifts.models import GiftItem
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import people_offered


class PlanFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    owner = OneOfRows(label=_("Drafted by"), queryset=people_offered)

    class Meta:
        model = GiftPlan
        fields = ()


class ScheduleFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    rhythm = OneOf(label=_("When"), choices=list(RHYTHM_LABELS.items()))
    item = OneOfRows(label=_("Gift"), queryset=GiftItem.objects.all())
    running = django_filters.BooleanFilter(label=_("Running"), method="by_running")

    class Meta:
        model = GiftSchedule
        fields = ()

    def by_running(
        self, rows: QuerySet[GiftSchedule], _name: str, value: bool | None
    ) -> QuerySet[GiftSchedule]:
        """Return the running ones, or the stopped ones."""
        return rows if value is None else rows.filter(ends_on__isnull=value)
