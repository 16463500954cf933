"""Showing personal data to somebody who normally sees it masked: with a reason, remembered each time (S-218)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kam.audit.services import record
from kam.core.errors import BusinessError
from kam.people.registry import Unmaskable
from kam.users.models import User


@transaction.atomic
def unmask(kind: Unmaskable, row: Any, *, reason: str, by: User) -> dict[str, str]:
    """Return label → value of the row's personal fields. Who sees them anyway needs no reason, and is remembered too."""
    reason = reason.strip()
    if not reason and not kind.sees_plain(row, by):
        raise BusinessError(_("Say why you need to see it."), code="no_reason", field="reason")
    values = {str(label): _text(getattr(row, name)) for name, label in kind.fields.items()}
    record("people.unmasked", row, by=by, changes={"fields": (None, list(kind.fields))}, reason=reason)
    return {label: value for label, value in values.items() if value}


def _text(value: Any) -> str:
    return "" if value is None else str(value)
