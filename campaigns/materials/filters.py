"""Filters of the list of materials; every one stands in the address and shows as a chip."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.models import Campaign
from campaigns.materials.labels import SUPPLEMENT_LABELS
from campaigns.materials.models import Material, Supplement
from kam.core.clock import business_date
from kam.lists.filters import OneOf, OneOfRows


class MaterialFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    campaign = OneOfRows(label=_("Campaign"), queryset=Campaign.objects.order_by("-pk"))
    stands = OneOf(
        label=_("State"),
        choices=[("overdue", _("Overdue")), ("missing", _("Not in place")), ("there", _("In place"))],
        method="by_standing",
    )

    class Meta:
        model = Material
        fields = ()

    def by_standing(self, rows: QuerySet[Material], _name: str, values: list[str]) -> QuerySet[Material]:
        """Return the rows that stand in one of the chosen ways."""
        told = {
            "overdue": Q(in_place_on__isnull=True, due_on__lt=business_date()),
            "missing": Q(in_place_on__isnull=True),
            "there": Q(in_place_on__isnull=False),
        }
        chosen = Q(pk__in=())
        for value in values:
            chosen |= told[value]
        return rows.filter(chosen) if values else rows


class SupplementFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    campaign = OneOfRows(label=_("Campaign"), queryset=Campaign.objects.order_by("-pk"))
    state = OneOf(label=_("State"), choices=list(SUPPLEMENT_LABELS.items()))

    class Meta:
        model = Supplement
        fields = ()
