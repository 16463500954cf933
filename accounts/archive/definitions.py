"""Changing what a complete file has: what an approved rule change does (12-decisions, 6), with a preview of what it would cost."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.archive.models import FileDefinition
from accounts.archive.parts import PARTS
from accounts.archive.rules import standing_of
from accounts.archive.selectors import read_files
from accounts.archive.services import replace_definition, require_fitting
from accounts.units.models import KeyAccount
from kam.approvals.rule_changes.registry import Preview
from kam.core.clock import business_date
from kam.users.models import User

Payload = Mapping[str, Any]
#: So many files are counted for the preview; with more it would not answer while somebody waits.
MOST_PREVIEWED = 5_000


def last_definition() -> dict[str, Any]:
    """Return the definition that a draft begins with."""
    last = FileDefinition.objects.first()
    return dict(last.rules) if last else {"weights": {}, "must": []}


def preview_definition(payload: Payload, valid_from: date) -> Preview:
    """Show part by part the weight now and then, and how many of today's files lack it; below, how many are complete."""
    now = last_definition()
    keys = list(
        KeyAccount.objects.filter(owner__isnull=False)
        .order_by("pk")
        .values_list("pk", flat=True)[: MOST_PREVIEWED + 1]
    )
    files = [read.found for read in read_files(keys[:MOST_PREVIEWED], business_date()).values()]
    rows = [
        [
            str(part.label),
            _weight(now, key),
            _weight(payload, key),
            str(sum(key not in found for found in files)),
        ]
        for key, part in PARTS.items()
    ]
    complete = {
        name: sum(standing_of(rules, found, list(PARTS)).is_complete for found in files)
        for name, rules in (("now", now), ("then", payload))
    }
    notes = [
        _("Complete files: %(now)s of %(all)s now, %(then)s then.") % {**complete, "all": len(files)},
        _("Closed months keep the version of their last day."),
    ]
    if len(keys) > MOST_PREVIEWED:
        notes.append(_("Counted for the first %(n)s units.") % {"n": MOST_PREVIEWED})
    heads = [_("Part"), _("Now"), _("From %(day)s") % {"day": valid_from}, _("Files without it today")]
    return Preview(heads, rows, notes)


def _weight(rules: Payload, key: str) -> str:
    weight = rules["weights"].get(key, 0)
    if not weight:
        return "–"
    return " · ".join((str(weight), _("must"))) if key in rules["must"] else str(weight)


def check_definition(payload: Payload, valid_from: date) -> None:
    """Refuse what the last approval would refuse anyway."""
    require_fitting(dict(payload), FileDefinition.objects.first(), valid_from)


def apply_definition(payload: Payload, valid_from: date, by: User, note: str) -> None:
    """Put the new version in force from its day on."""
    del note
    replace_definition(dict(payload), by=by, on=valid_from)
