"""The acts of qualification: confirm a statement with evidence, withdraw it, replace a criterion by a new version."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.qualification.models import QualificationCriterion, QualificationEvidence
from accounts.qualification.selectors import qualification_of
from accounts.qualification.terms import CriterionKind
from accounts.units.models import KeyAccount
from accounts.units.services import lock_unit, mark_dirty
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.users.models import User

#: What a version of a criterion says.
VERSIONED = (
    *("code", "label", "label_zh_hans", "label_zh_hant", "kind", "fact", "operator", "threshold"),
    *("also_fact", "order"),
)


@transaction.atomic
def state_criterion(
    unit: KeyAccount,
    criterion: QualificationCriterion,
    *,
    holds: bool,
    text: str,
    by: User,
    on: date | None = None,
) -> QualificationEvidence:
    """Confirm (or withdraw) a statement about the unit, with what proves it."""
    row = lock_unit(unit.pk)
    if criterion.kind != CriterionKind.STATEMENT:
        raise BusinessError(_("KAM finds this out itself from what is known."), code="rule")
    if not text.strip():
        raise BusinessError(_("Say what proves it."), code="text", field="text")
    evidence = QualificationEvidence.objects.create(
        unit=row,
        criterion=criterion,
        code=criterion.code,
        holds=holds,
        text=text.strip()[:500],
        on=on or business_date(),
        by=by,
    )
    record(
        "accounts.qualification.stated",
        row,
        by=by,
        changes={criterion.code: (None, holds)},
        reason=text[:300],
    )
    mark_dirty(row.pk)
    return evidence


@transaction.atomic
def replace_criterion(
    criterion: QualificationCriterion, values: dict[str, Any], *, by: User, on: date | None = None
) -> QualificationCriterion:
    """Put a new version of a criterion in force from `on` on; the old one holds until then and stays readable."""
    on = on or business_date()
    old = _close(criterion, on)
    kept = {name: getattr(old, name) for name in VERSIONED}
    new = QualificationCriterion.objects.create(**(kept | values), version=old.version + 1, introduced_on=on)
    record(
        "accounts.qualification.criterion_replaced",
        new,
        by=by,
        changes={name: (kept.get(name), value) for name, value in values.items()},
    )
    return new


@transaction.atomic
def add_criterion(values: dict[str, Any], *, by: User, on: date) -> QualificationCriterion:
    """Add a criterion that holds from `on` on; one that ended before goes on counting its versions."""
    earlier = QualificationCriterion.objects.filter(code=values["code"]).order_by("-version").first()
    version = earlier.version + 1 if earlier else 1
    new = QualificationCriterion.objects.create(**values, version=version, introduced_on=on)
    record(
        "accounts.qualification.criterion_added",
        new,
        by=by,
        changes={name: (None, value) for name, value in values.items() if value != ""},
    )
    return new


@transaction.atomic
def end_criterion(criterion: QualificationCriterion, *, by: User, on: date) -> None:
    """Let a criterion end: from `on` on nobody qualifies by it; its versions and evidence stay readable."""
    old = _close(criterion, on)
    record("accounts.qualification.criterion_ended", old, by=by, changes={"replaced_on": (None, on)})


def _close(criterion: QualificationCriterion, on: date) -> QualificationCriterion:
    old = locked(QualificationCriterion.objects.filter(pk=criterion.pk)).get()
    if old.replaced_on is not None:
        raise BusinessError(_("This version was replaced already."), code="replaced")
    old.replaced_on = on
    old.save(update_fields=["replaced_on"])
    return old


def require_qualified(unit: KeyAccount, on: date) -> None:
    """Refuse the status “qualified” while no criterion holds (S-003)."""
    if not qualification_of(unit, on).holds:
        raise BusinessError(
            _("No criterion of a key account holds yet. Confirm one with evidence on the qualification tab."),
            code="not_qualified",
            field="to",
        )
