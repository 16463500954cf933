"""What a seal counted beside what the live rows say today: rows that came late, and rows that are gone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from kam.core.periods import Period
from kpi.measures.registry import link_to, measure
from kpi.measures.rules import ByHolder
from kpi.measures.selectors import Fact, facts_of
from kpi.schemes.selectors import rows_of
from kpi.sheets.models import Seal
from kpi.sheets.rules import compared, opened
from kpi.sheets.terms import SheetState

Rows = list[list[str]]
#: The rows of today, and the same as seals keep them.
Live = tuple[list[Fact], ByHolder[list[str]]]


@dataclass(frozen=True, slots=True)
class LateRow:
    """A row that a seal did not count, or one that it counted and that is there no more."""

    sheet: str
    measure: str
    ref: str
    day: date
    amount: str
    is_gone: bool
    label: str = ""

    @property
    def measure_label(self) -> str:
        return str(measure(self.measure).label)

    @property
    def url(self) -> str:
        return link_to(self.ref)

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "measure": self.measure,
            "ref": self.ref,
            "day": self.day.isoformat(),
            "amount": self.amount,
            "what": "gone" if self.is_gone else "late",
        }


def late_rows(seals: Iterable[Seal]) -> Iterator[LateRow]:
    """Yield every difference of these seals, by period: one statement a measure and period, however many people."""
    found = sorted(seals, key=lambda seal: (seal.sheet.first_day, seal.sheet.last_day, seal.seq))
    for period, group in groupby(found, key=lambda seal: seal.sheet.period):
        of_period = [(seal, counted_by(seal)) for seal in group]
        live = _live({key for _seal, counted in of_period for key in counted}, period)
        for seal, counted in of_period:
            yield from _of_seal(seal, counted, live)


def counted_by(seal: Seal) -> Mapping[str, Rows]:
    """Return measure → rows; nothing for a seal from before rows were kept."""
    return opened(seal.counted) if seal.counted else {}


def newest_seals() -> list[Seal]:
    """Return the last seal of each person and period: an older revision has been corrected."""
    rows = Seal.objects.filter(sheet__state=SheetState.CLOSED).select_related("sheet__user").order_by("seq")
    newest = {(seal.sheet.user_id, seal.sheet.period): seal for seal in rows}
    return list(newest.values())


def _live(keys: Iterable[str], period: Period) -> dict[str, Live]:
    found = {key: facts_of(key, period) for key in sorted(keys)}
    return {key: (facts, rows_of(facts)) for key, facts in found.items()}


def _of_seal(seal: Seal, counted: Mapping[str, Rows], live: Mapping[str, Live]) -> Iterator[LateRow]:
    holder = seal.sheet.holder
    for key, sealed in counted.items():
        facts, by_holder = live[key]
        late, gone = compared(sealed, list(by_holder.of(holder)))
        labels = {fact.ref: fact.label for fact in facts} if late or gone else {}
        for rows, is_gone in ((late, False), (gone, True)):
            for ref, day, amount in rows:
                yield LateRow(
                    seal.sheet.number, key, ref, date.fromisoformat(day), amount, is_gone, labels.get(ref, "")
                )
