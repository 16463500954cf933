"""Changing the criteria of a key account: what an approved rule change does (12-decisions, 6). Every version stays readable."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.qualification.models import QualificationCriterion
from accounts.qualification.services import VERSIONED, add_criterion, end_criterion, replace_criterion
from kam.approvals.rule_changes.registry import Preview
from kam.core.errors import BusinessError
from kam.users.models import User

Payload = Mapping[str, Any]


def last_version(code: str) -> QualificationCriterion | None:
    """Return the version of a criterion that has no end yet."""
    return QualificationCriterion.objects.filter(code=code, replaced_on__isnull=True).first()


def values_of(criterion: QualificationCriterion) -> dict[str, Any]:
    """Return what a draft may change, as plain values."""
    return {name: getattr(criterion, name) for name in VERSIONED}


def preview_criterion(payload: Payload, valid_from: date) -> Preview:
    """Show each column of the criterion now and from that day on."""
    now = last_version(payload["code"])
    rows = []
    for name in VERSIONED:
        field = QualificationCriterion._meta.get_field(name)  # noqa: SLF001 -- Django documents _meta as its API
        choices = dict(getattr(field, "choices", None) or ())
        before = getattr(now, name) if now else ""
        after = "" if payload["ends"] else payload[name]
        rows.append(
            [
                str(getattr(field, "verbose_name", name)),
                str(choices.get(before, before)) or "–",
                str(choices.get(after, after)) or "–",
                _("same") if before == after else _("changes"),
            ]
        )
    notes = [_("From that day on nobody can qualify by it.")] if payload["ends"] else []
    return Preview([_("Criterion"), _("Now"), _("From %(day)s") % {"day": valid_from}, ""], rows, notes)


def check_criterion(payload: Payload, valid_from: date) -> None:
    """Refuse a change of what is not there, and one that begins before a version already approved."""
    now = last_version(payload["code"])
    if now is None:
        if payload["ends"]:
            raise BusinessError(_("This criterion has ended already."), field="criterion", code="ended")
        return
    if valid_from < now.introduced_on:
        raise BusinessError(
            _(
                "Version %(number)s begins on %(day)s already. Two versions of one criterion never share a day."
            )
            % {"number": now.version, "day": now.introduced_on},
            field="valid_from",
            code="overlap",
        )


def apply_criterion(payload: Payload, valid_from: date, by: User, note: str) -> None:
    """Put the new version in force from its day on, add a new criterion, or end one."""
    del note
    check_criterion(payload, valid_from)
    now = last_version(payload["code"])
    values = {name: payload[name] for name in VERSIONED if name in payload}
    if now is None:
        add_criterion(values, by=by, on=valid_from)
    elif payload["ends"]:
        end_criterion(now, by=by, on=valid_from)
    else:
        replace_criterion(now, values, by=by, on=valid_from)
