"""The one act of the archive: put a new definition of a complete file in force."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.archive.labels import PROBLEMS
from accounts.archive.models import FileDefinition
from accounts.archive.rules import definition_problem
from kam.audit.services import record
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.users.models import User


@transaction.atomic
def replace_definition(rules: dict[str, Any], *, by: User | None, on: date) -> FileDefinition:
    """Put a new definition in force from `on` on; the old version holds until then and stays readable."""
    old = locked(FileDefinition.objects.filter(replaced_on__isnull=True)).first()
    require_fitting(rules, old, on)
    if old is not None:
        old.replaced_on = on
        old.save(update_fields=["replaced_on"])
    last = FileDefinition.objects.order_by("-version").first()
    new = FileDefinition.objects.create(
        version=last.version + 1 if last else 1, rules=rules, introduced_on=on
    )
    before = old.rules if old else None
    record("accounts.archive.definition_replaced", new, by=by, changes={"rules": (before, rules)})
    return new


def require_fitting(rules: dict[str, Any], last: FileDefinition | None, on: date) -> None:
    """Refuse a definition that contradicts itself, and one that would begin before a version already approved."""
    if problem := definition_problem(rules):
        raise BusinessError(PROBLEMS[problem], code=problem)
    if last is not None and on < last.introduced_on:
        raise BusinessError(
            _("A later version begins on %(day)s already.") % {"day": last.introduced_on},
            code="overlap",
            field="valid_from",
        )
