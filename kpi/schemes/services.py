"""The acts on schemes: a version is put in force, its predecessor ends; nothing is edited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kam.audit.services import record
from kam.core.days import say_day
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.users.models import User
from kam.users.terms import Position
from kpi.schemes.labels import PROBLEM_LABELS
from kpi.schemes.models import Scheme, SchemeLine, new_line
from kpi.schemes.rules import Line, scheme_problem
from kpi.scoring.terms import Method


@dataclass(frozen=True, slots=True)
class NewScheme:
    """A version to be put in force."""

    position: Position
    lines: Sequence[Line]
    valid_from: date
    note: str = ""


def lines_from(told: Sequence[Mapping[str, Any]]) -> list[Line]:
    """Return lines from plain JSON: of the fixture or of a draft."""
    return [
        new_line(
            row["indicator"],
            Decimal(row["weight"]),
            Method(row["method"]),
            row.get("terms", {}),
            is_sourced=row.get("is_sourced", False),
        )
        for row in told
    ]


def check_scheme(new: NewScheme) -> None:
    """Refuse what cannot be scored, what is not a hundred points, and days that a later version has taken."""
    problem = scheme_problem(new.lines)
    if problem is not None:
        place, code = problem
        field = f"weight_{place + 1}" if place is not None else "weight_1"
        raise BusinessError(str(PROBLEM_LABELS[code]), code=code, field=field)
    taken = (
        Scheme.objects.filter(position=new.position, valid_from__gte=new.valid_from)
        .order_by("valid_from")
        .first()
    )
    if taken is not None and taken.valid_from != taken.valid_until:
        words = _("Version %(number)s begins on %(day)s already; this one must begin later.")
        told = {"number": taken.number, "day": say_day(taken.valid_from)}
        raise BusinessError(words % told, code="overlap", field="valid_from")


@transaction.atomic
def put_in_force(new: NewScheme, *, by: User | None) -> Scheme:
    """Write the version and end its predecessor on the day before; months that are sealed keep the version they have."""
    versions = list(locked(Scheme.objects.filter(position=new.position)))
    check_scheme(new)
    closed = next((row for row in versions if row.valid_until is None), None)
    if closed is not None:
        closed.valid_until = new.valid_from
        closed.save(update_fields=["valid_until"])
    scheme = Scheme.objects.create(
        position=new.position,
        number=max((row.number for row in versions), default=0) + 1,
        valid_from=new.valid_from,
        note=new.note[:300],
    )
    for place, line in enumerate(new.lines, 1):
        SchemeLine.objects.create(
            scheme=scheme,
            place=place,
            indicator=line.indicator,
            weight=line.weight,
            method=line.method,
            terms=dict(line.terms),
            is_sourced=line.is_sourced,
        )
    changes = {"from": (None, new.valid_from), "lines": (_said(closed), _said(scheme))}
    record("kpi.scheme.in_force", scheme, by=by, changes=changes, reason=new.note)
    return scheme


def _said(scheme: Scheme | None) -> list[list[str]] | None:
    if scheme is None:
        return None
    return [[line.indicator, str(line.weight), line.method] for line in scheme.lines.all()]
