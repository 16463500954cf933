"""The strengthening sheet as it is shown and printed (客户关系强化表)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.persons.models import PersonRole
from accounts.relationships.models import RelationshipLevel, StrengtheningAction, StrengtheningSheet
from accounts.relationships.selectors import levels_of
from accounts.roles.labels import SEAT_LABELS
from accounts.roles.terms import seat_of
from kam.core.clock import business_date
from kam.pdf.services import Sheet


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """A sheet with its actions, what they cost, the person's roles, and how the strength went."""

    sheet: StrengtheningSheet
    actions: list[StrengtheningAction]
    cost: Decimal
    roles: list[Any]
    levels: list[RelationshipLevel]


def shown_sheet(sheet: StrengtheningSheet) -> ShownSheet:
    """Three queries."""
    actions = list(sheet.actions.select_related("task__assignee"))
    roles = PersonRole.objects.filter(person=sheet.person_id).on(business_date())
    return ShownSheet(
        sheet,
        actions,
        sum((action.cost_amount for action in actions), Decimal(0)),
        [SEAT_LABELS[seat_of(role.role, role.gatekeeper_kind)] for role in roles],
        list(reversed(levels_of([sheet.person_id]).get(sheet.person_id, []))),
    )


def strengthening_paper(sheet: StrengtheningSheet, *, language: str) -> Sheet:
    with override(language):
        return Sheet(
            "accounts_strengthening",
            {"shown": shown_sheet(sheet), "unit": sheet.unit},
            _("Relationship strengthening sheet: %(name)s") % {"name": sheet.person.name},
            f"{sheet.unit.file_number or sheet.unit_id}-S{sheet.pk}",
            "accounts.strengthening",
            language=language,
            signatures=(str(_("Owner")), str(_("Manager"))),
        )
