"""Proof of the seals: each hash against its texts, each link against the one before, each result computed again from its frozen
inputs and scheme, the rows that were counted against the inputs, and the audit, which remembers every seal – also one that is gone.

Rows that came late, or are gone, break no seal: they are told beside the verdict."""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from kam.audit.models import AuditEntry
from kpi.schemes.rules import assess
from kpi.schemes.selectors import measures_of
from kpi.sheets.late import LateRow, counted_by, late_rows, newest_seals
from kpi.sheets.models import Seal, Sheet
from kpi.sheets.rules import adds_up, opened, sealed_text

GENESIS = b"\x00"
_AGAIN = "select s.seq, sha256(s.prev || kpi_seal_bytes(s)) from kpi_seal s order by s.seq"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of the proof; `first_bad` names the sheet and what is wrong with it, `late` what the live rows say otherwise."""

    checked: int
    first_bad: dict[str, Any] | None
    late: list[LateRow] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        late = [row.as_json() for row in self.late]
        return {
            "ok": self.first_bad is None,
            "checked": self.checked,
            "first_bad": self.first_bad,
            "late": late,
        }


def verify_seals() -> Verdict:
    """Walk all seals; stops at the first thing that is wrong, else compares them with the live rows."""
    with connection.cursor() as cursor:
        cursor.execute(_AGAIN)
        again = {seq: bytes(hash_) for seq, hash_ in cursor.fetchall()}
    before, checked = GENESIS, 0
    for place, seal in enumerate(Seal.objects.select_related("sheet__user").order_by("seq").iterator(), 1):
        checked += 1
        problem = _problem(seal, place, before, again[seal.seq])
        if problem:
            return Verdict(checked, {"seq": seal.seq, "sheet": seal.sheet.number, "problem": problem})
        before = bytes(seal.hash)
    gone = _gone()
    return Verdict(checked, gone, [] if gone else list(late_rows(newest_seals())))


def _problem(seal: Seal, place: int, before: bytes, again: bytes) -> str:
    if bytes(seal.hash) != again:
        return "a sealed text was changed"
    if bytes(seal.prev) != before or seal.seq != place:
        return "the chain is broken before this seal"
    if not _counted_adds_up(seal):
        return "the counted rows do not add up to the inputs"
    result = assess(opened(seal.inputs), opened(seal.scheme)["lines"])
    if sealed_text(result) != seal.result:
        return "the result does not follow from inputs and scheme"
    return "" if str(seal.points) == result["total"] else "the points are not those of the result"


def _counted_adds_up(seal: Seal) -> bool:
    """Compare the rows of a seal with both sides of every line; a seal from before rows were kept has nothing to compare."""
    counted = counted_by(seal)
    if not counted:
        return True
    lines = opened(seal.inputs)["lines"]
    sides = [
        (counted[name], line[amount], line[count])
        for key, line in lines.items()
        for name, (amount, count) in zip(
            measures_of(key), (("actual", "facts"), ("base", "base_facts")), strict=False
        )
    ]
    return all(adds_up(*side) for side in sides)


def _gone() -> dict[str, Any] | None:
    """Name the first seal that the audit remembers and that is not there, or differs."""
    there = {f"{seal.seq}:{seal.hash_text}" for seal in Seal.objects.only("seq", "hash")}
    rows = (
        AuditEntry.objects.filter(act="kpi.sheet.closed").order_by("id").values_list("object_id", "changes")
    )
    for sheet_id, changes in rows:
        if changes["seal"][1] not in there:
            sheet = Sheet.objects.select_related("user").filter(pk=sheet_id).first()
            name = sheet.number if sheet else sheet_id
            seq = int(changes["seal"][1].partition(":")[0])
            return {"seq": seq, "sheet": name, "problem": "the audit remembers a seal that is not there"}
    return None
