"""Filters of the register; every one stands in the address and shows as a chip."""

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.persons.labels import OFFICIAL_LABELS
from campaigns.integrity.labels import KIND_LABELS, STATE_LABELS
from campaigns.integrity.models import Benefit, BenefitMove
from campaigns.integrity.terms import BenefitState, MoveKind, Outcome
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import people_offered


def in_state(rows: QuerySet[Benefit], _name: str, value: str) -> QuerySet[Benefit]:
    """Return the rows whose moves say so."""
    given, freed = (
        Exists(BenefitMove.objects.filter(benefit=OuterRef("pk"), kind=kind))
        for kind in (MoveKind.GIVEN, MoveKind.FREED)
    )
    told = {
        BenefitState.FREED.value: Q(freed),
        BenefitState.GIVEN.value: Q(given) & ~Q(freed),
        BenefitState.RESERVED.value: ~Q(given) & ~Q(freed),
    }
    return rows.filter(told[value])


def by_compliance(rows: QuerySet[Benefit], _name: str, value: str) -> QuerySet[Benefit]:
    """Return what went by a compliance approval, or only what looks split."""
    if value == "split":
        return rows.filter(findings__contains=["split"])
    return rows.filter(Q(outcome=Outcome.COMPLIANCE) | ~Q(findings=[]))


class BenefitFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    kind = OneOf(label=_("Kind"), choices=list(KIND_LABELS.items()))
    state = django_filters.ChoiceFilter(label=_("State"), choices=list(STATE_LABELS.items()), method=in_state)
    official = OneOf(label=_("Public official"), choices=list(OFFICIAL_LABELS.items()))
    watched = django_filters.ChoiceFilter(
        label=_("Exceptions"),
        choices=[("compliance", _("by compliance approval")), ("split", _("looks split"))],
        method=by_compliance,
    )
    giver = OneOfRows(label=_("Given by"), queryset=people_offered)

    class Meta:
        model = Benefit
        fields = ()
