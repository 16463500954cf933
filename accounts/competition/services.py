"""The acts on product charts: name a line, say who supplies it now."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.competition.labels import PROBLEMS
from accounts.competition.models import Competitor, ProductLine, ProductPosition
from accounts.competition.rules import Position, position_problem
from accounts.competition.selectors import as_position
from accounts.competition.terms import TEXTS, Supply
from accounts.units.models import KeyAccount
from accounts.units.services import lock_unit, mark_dirty
from kam.audit.services import changed_fields, record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.search.rules import normalise_name
from kam.users.models import User


@transaction.atomic
def learn_position(
    unit: KeyAccount,
    line: ProductLine,
    position: Position,
    *,
    by: User | None,
    seen: int | None,
    learned_on: date | None = None,
    texts: Mapping[str, str] | None = None,
) -> ProductPosition:
    """Keep who supplies `line` to `unit` as learned on a day; `seen` is the id of the row the person saw, None for none.

    The same position again writes nothing. Raises BusinessError at the field that cannot be, ConflictError where somebody
    learned something else meanwhile.
    """
    row = lock_unit(unit.pk)
    learned_on = learned_on or business_date()
    said = {name: (texts or {}).get(name, "").strip() for name in TEXTS}
    latest = (
        ProductPosition.objects.filter(unit=row, line=line).current().select_related("competitor").first()
    )
    if (latest.pk if latest else None) != seen:
        raise ConflictError(_("Somebody has learned something else of this line meanwhile."), code="stale")
    if problem := position_problem(position):
        field, code = problem
        raise BusinessError(PROBLEMS[code], code=code, field=field)
    if learned_on > business_date():
        raise BusinessError(_("This day is still to come."), code="future", field="learned_on")
    if latest is not None and as_position(latest) == position and _texts(latest) == said:
        return latest
    made = ProductPosition.objects.create(
        unit=row,
        line=line,
        supply=position.supply,
        competitor=_competitor(position.competitor),
        share_percent=position.share_percent,
        contract_ends_on=position.contract_ends_on,
        value_amount=position.value_amount,
        learned_on=learned_on,
        by=by,
        **said,
    )
    record("accounts.product.learned", made, by=by, changes=_changes(latest, position))
    mark_dirty(row.pk)
    return made


def _texts(row: ProductPosition) -> dict[str, str]:
    return {name: getattr(row, name) for name in TEXTS}


def _changes(latest: ProductPosition | None, position: Position) -> dict[str, tuple[Any, Any]]:
    before = as_position(latest) if latest else Position(Supply.UNKNOWN)
    fields = ("supply", "competitor", "share_percent", "contract_ends_on", "value_amount")
    pairs = {name: (getattr(before, name), getattr(position, name)) for name in fields}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _competitor(name: str) -> Competitor | None:
    """Return the competitor of that name, made where nobody has named it before."""
    if not name:
        return None
    key = normalise_name(name)
    if not key:
        raise BusinessError(PROBLEMS["competitor"], code="competitor", field="competitor")
    return Competitor.objects.get_or_create(name_key=key, defaults={"name": name.strip()})[0]


@transaction.atomic
def add_product_line(values: Mapping[str, Any], *, by: User) -> ProductLine:
    """Add a line that we sell; its code is for ever."""
    line = ProductLine.objects.create(**values)
    record("accounts.product_line.added", line, by=by, changes={"label": (None, line.label)})
    return line


@transaction.atomic
def change_product_line(line: ProductLine, values: Mapping[str, Any], *, by: User) -> ProductLine:
    """Rename, reorder or retire a line; charts of earlier days keep it."""
    row = locked(ProductLine.objects.filter(pk=line.pk)).get()
    changes = changed_fields(row, {name: value for name, value in values.items() if name != "code"})
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    if changes:
        row.save(update_fields=[*changes])
        record("accounts.product_line.changed", row, by=by, changes=changes)
    return row
