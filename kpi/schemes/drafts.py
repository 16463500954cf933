"""Changing a scheme: what a draft shows before it is submitted, and what its approval does (12-decisions, 6)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kam.approvals.rule_changes.registry import Preview
from kam.core.periods import Period
from kam.users.models import User
from kam.users.terms import Position
from kpi.measures.rules import holder_named
from kpi.schemes.models import Scheme
from kpi.schemes.registry import Marks, closed_sheets
from kpi.schemes.rules import assess
from kpi.schemes.selectors import read_book
from kpi.schemes.services import NewScheme, check_scheme, lines_from, put_in_force

Payload = Mapping[str, Any]


def new_scheme(payload: Payload, valid_from: date, note: str = "") -> NewScheme:
    """Return what a draft would put in force."""
    return NewScheme(Position(payload["position"]), lines_from(payload["lines"]), valid_from, note)


def check_draft(payload: Payload, valid_from: date) -> None:
    """Refuse what the last approval would refuse anyway."""
    check_scheme(new_scheme(payload, valid_from))


def apply_draft(payload: Payload, valid_from: date, by: User, note: str) -> None:
    """Put the version in force from its day on."""
    put_in_force(new_scheme(payload, valid_from, note), by=by)


def preview_draft(payload: Payload, valid_from: date) -> Preview:
    """Score every sheet of the last closed month by the draft, from its frozen inputs; lines that are new are read anew."""
    new = new_scheme(payload, valid_from)
    lines = [line.as_json() for line in new.lines]
    rows = []
    for name, frozen, now in closed_sheets([new.position]):
        then = assess(_with_new_lines(frozen, new), lines)
        change = Decimal(then["total"]) - Decimal(now)
        rows.append([name, now, then["total"], f"{change:+.2f}" if change else _("none"), _open_words(then)])
    notes = [
        _("Sheets of the last closed month. Closed months keep the version they were closed with."),
        _("A version that begins inside a month holds from the next month on.")
        if valid_from.day > 1
        else _("The whole month of the first day is scored by this version."),
    ]
    return Preview(
        [_("Sheet"), _("Points now"), _("Points then"), _("Change"), _("Cannot be assessed")], rows, notes
    )


def _with_new_lines(frozen: Mapping[str, Any], new: NewScheme) -> dict[str, Any]:
    missing = [line.indicator for line in new.lines if line.indicator not in frozen["lines"]]
    holder = holder_named(frozen["holder"])
    if not missing or holder is None:
        return dict(frozen)
    period = Period(date.fromisoformat(frozen["first"]), date.fromisoformat(frozen["last"]))
    read = read_book(period, missing).inputs(holder, missing, Marks())
    return {**frozen, "lines": {**frozen["lines"], **read["lines"]}}


def _open_words(result: Mapping[str, Any]) -> str:
    return str(sum(1 for row in result["lines"] if row["points"] is None and not row["waived"]))


def begin_with(of: str) -> dict[str, Any]:
    """Begin a draft with the version that was asked for."""
    found = Scheme.objects.filter(pk=of).first() if of.isdecimal() and len(of) < 10 else None
    return {"position": found.position, "lines": found.as_json()["lines"]} if found else {}
