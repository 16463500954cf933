"""Where each part of a file is found, in one place for the record, the list, Today and the KPI.

A part is a condition in SQL about a unit (its columns `{id}`, `{file_opened_on}`, `{industry_id}`) as of a day (`{day}`), so that a closed
month is counted by what was known then.
Whether a file is complete is one condition too: it reads the definition that was in force on the day itself.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Func, IntegerField
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.archive.terms import FilePart
from accounts.units.labels import FIELD_LABELS
from accounts.units.terms import Field


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its name, the condition, and where it is filled in – an anchor of the overview or a tab."""

    key: str
    label: Any
    has: str
    place: str

    def url(self, unit_id: int) -> str:
        """Return where it is filled in."""
        if self.place.startswith("#"):
            return f"{reverse('unit', args=[unit_id])}{self.place}"
        return reverse("unit-tab", args=[unit_id, self.place])


#: `offset 0` keeps the server from reading whole tables beforehand instead of looking up the few units of a page.
_PERSON = (
    "exists (select 1 from accounts_person p%s where p.unit_id = {id} and p.added_on <= {day}"
    " and (p.left_on is null or p.left_on > {day})%s offset 0)"
)
_ROLES = (
    "(select count(distinct r.role) from accounts_personrole r join accounts_person p on p.id = r.person_id"
    " where p.unit_id = {id} and r.started_on <= {day} and (r.ended_on is null or r.ended_on > {day})"
    " and (p.left_on is null or p.left_on > {day}))"
)


_KNOWN = (
    "exists (select 1 from accounts_observation b where b.unit_id = {id} and b.field = '%s'"
    " and b.learned_on <= {day} offset 0)"
)


def _field(field: Field) -> Part:
    return Part(field.value, FIELD_LABELS[field], _KNOWN % field.value, "#know")


PARTS: dict[str, Part] = {
    part.key: part
    for part in (
        Part(
            FilePart.FILE_OPENED, _("File opened"), "coalesce({file_opened_on} <= {day}, false)", "#identity"
        ),
        Part(FilePart.PERSON, _("A person"), _PERSON % ("", ""), "persons"),
        Part(FilePart.BUYER_ROLE, _("A buyer role"), f"({_ROLES} > 0)", "persons"),
        _field(Field.HEADCOUNT),
        _field(Field.MAIN_BUSINESS),
        Part(FilePart.INDUSTRY, _("Industry"), "({industry_id} is not null)", "#identity"),
        _field(Field.PURCHASING_POWER),
        _field(Field.PURCHASE_INTENTION),
        Part(FilePart.ALL_ROLES, _("All three buyer roles"), f"({_ROLES} = 3)", "persons"),
        Part(
            FilePart.KEY_PERSON,
            _("Designated key person"),
            "exists (select 1 from accounts_keypersonperiod c where c.unit_id = {id} and c.started_on <= {day}"
            " and (c.ended_on is null or c.ended_on > {day}) offset 0)",
            "persons",
        ),
        Part(
            FilePart.ORGANISATION,
            _("Organisation chart (who reports to whom)"),
            _PERSON % ("", " and p.reports_to_id is not null"),
            "map",
        ),
        Part(
            FilePart.DECISION_FLOW,
            _("Decision flow"),
            "exists (select 1 from accounts_decisionflow w where w.unit_id = {id} and w.drawn_on <= {day} offset 0)",
            "map",
        ),
        Part(
            FilePart.PRODUCT_CHART,
            _("Product chart"),
            "exists (select 1 from accounts_productposition t where t.unit_id = {id} and t.learned_on <= {day} offset 0)",
            "products",
        ),
        Part(
            FilePart.DOCUMENT,
            _("A document"),
            "exists (select 1 from files_attachment f where f.owner_kind = 'accounts.unit'"
            " and f.owner_id = ({id})::text and f.removed_at is null and f.created_at < {day} + 1 offset 0)",
            "attachments",
        ),
    )
}

_IN_FORCE = "from accounts_filedefinition d where d.introduced_on <= {day} and (d.replaced_on is null or d.replaced_on > {day})"


def _asked(of_rules: str) -> str:
    """Return what the definition of the day says. It depends on no unit, so the server looks it up once a statement, not once a unit."""
    return f"(select {of_rules} {_IN_FORCE})"


_COLUMNS = ("id", "file_opened_on", "industry_id")
#: One after the other, so that nothing more is looked for once a part is missing.
_LACKS = " ".join(
    "when " + _asked(f"d.rules->'must' @> '\"{part.key}\"'") + f" and not {part.has} then false"
    for part in PARTS.values()
)
_POINTS = " + ".join(
    f"case when {part.has} then coalesce("
    + _asked(f"(d.rules->'weights'->>'{part.key}')::int")
    + ", 0) else 0 end"
    for part in PARTS.values()
)
#: The file has every part that the definition of the day asks for; without one no file is complete.
COMPLETE = f"(case when {_asked('true')} is null then false {_LACKS} else true end)"
#: How many of a hundred points the file has by the definition of the day.
POINTS = f"({_POINTS})"


def complete_sql(alias: str, day: str) -> str:
    """Return the condition that a file is complete, for a statement in which the unit has this alias."""
    return COMPLETE.format(day=day, **{name: f"{alias}.{name}" for name in _COLUMNS})


class OfUnit(Func):
    """A condition or figure of this module about rows of units, on a day or on the day that a kept statement is given."""

    def __init__(self, sql: str, day: Any, output_field: Any) -> None:
        self._kept = (sql, day)
        super().__init__(*_COLUMNS, output_field=output_field)

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Write the columns of this very row into the text: no second look at the unit's table."""
        sql, day = self._kept
        columns = [compiler.compile(source)[0] for source in self.get_source_expressions()]
        named = dict(zip(_COLUMNS, columns, strict=True))
        if isinstance(day, date):
            return sql.format(day=f"date '{day.isoformat()}'", **named), []
        text, params = compiler.compile(day)
        return sql.format(day=f"{text}::date", **named), [*params] * sql.count("{day}")


def is_complete(day: date) -> OfUnit:
    """Return the condition for rows of units."""
    return OfUnit(COMPLETE, day, BooleanField())


def points(day: date) -> OfUnit:
    """Return the points as a column of rows of units."""
    return OfUnit(POINTS, day, IntegerField())


def has_part(key: str, day: Any) -> OfUnit:
    """Return whether a file has one part on a day, or on the `blank` day of a kept statement."""
    return OfUnit(PARTS[key].has, day, BooleanField())
