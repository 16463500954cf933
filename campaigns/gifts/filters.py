"""Filters of the lists of gifts."""

import django_filters
from django.utils.translation import gettext_lazy as _

from campaigns.gifts.labels import OCCASION_LABELS, STATE_LABELS
from campaigns.gifts.models import GIFT_KINDS, GiftItem, GiftRequest
from campaigns.integrity.labels import KIND_LABELS
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import people_offered


class GiftFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(STATE_LABELS.items()))
    occasion = OneOf(label=_("Occasion"), choices=list(OCCASION_LABELS.items()))
    item = OneOfRows(label=_("Gift"), queryset=GiftItem.objects.all())
    asked_by = OneOfRows(label=_("Applicant"), queryset=people_offered)

    class Meta:
        model = GiftRequest
        fields = ()


class ItemFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    kind = OneOf(label=_("Kind"), choices=[(kind.value, KIND_LABELS[kind]) for kind in GIFT_KINDS])
    offered = django_filters.BooleanFilter(label=_("Offered"), field_name="is_offered")

    class Meta:
        model = GiftItem
        fields = ()
