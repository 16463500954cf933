"""Walking the chain: does every entry still say what it said when it was linked? All arithmetic is done by the database, in chunks.

What is checked: each link's hash against its entry, each link against the one before, gaps, entries without a link, personal values
against their digests, and the heads kept outside the database, which show a chain that was cut or written anew.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

CHUNK = 20_000
GENESIS = b"\x00"

_LINKS = """
with part as (
  select l.seq, l.entry_id, l.prev, l.hash, e.id as entry,
         lag(l.hash) over (order by l.seq) as hash_before, lag(l.seq) over (order by l.seq) as seq_before,
         case when e.id is not null then sha256(l.prev || audit_entry_bytes(e)) end as again
  from (select * from audit_auditlink where seq > %(seq)s order by seq limit %(chunk)s) l
  left join audit_auditentry e on e.id = l.entry_id)
select count(*), max(seq), (array_agg(hash order by seq desc))[1],
       min(seq) filter (where entry is null),
       min(seq) filter (where again <> hash),
       min(seq) filter (where prev <> coalesce(hash_before, %(hash)s)),
       min(seq) filter (where seq <> coalesce(seq_before, %(seq)s) + 1)
from part
"""
_UNLINKED = """
select min(e.id) from audit_auditentry e
where e.id > %(low)s and e.id <= %(high)s and not exists (select 1 from audit_auditlink l where l.entry_id = e.id)
"""
_PERSONAL = """
select min(p.entry_id) from audit_auditpersonal p join audit_auditentry e on e.id = p.entry_id
where p.entry_id > %(low)s and p.entry_id <= %(high)s and p.salt <> '' and (
  e.changes -> p.field ->> 0 is distinct from 'sha256:' || encode(sha256(convert_to(p.salt || '|' || p.old, 'UTF8')), 'hex') or
  e.changes -> p.field ->> 1 is distinct from 'sha256:' || encode(sha256(convert_to(p.salt || '|' || p.new, 'UTF8')), 'hex'))
"""
_PERSONAL_LOST = """
select min(e.id) from audit_auditentry e cross join lateral jsonb_each(e.changes) as f(field, pair)
where e.id > %(low)s and e.id <= %(high)s and jsonb_typeof(pair) = 'array' and pair ->> 1 like 'sha256:%%'
  and not exists (select 1 from audit_auditpersonal p where p.entry_id = e.id and p.field = f.field)
"""
_LINK_PROBLEMS = ("entry missing", "entry changed", "link broken", "links missing")
_ENTRY_CHECKS = (
    ("entry not linked", _UNLINKED),
    ("personal value changed", _PERSONAL),
    ("personal value removed", _PERSONAL_LOST),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a walk; `first_bad` names the place and what is wrong with it."""

    checked: int
    first_bad: dict[str, Any] | None
    head: tuple[int, str] | None

    @property
    def ok(self) -> bool:
        return self.first_bad is None

    def as_json(self) -> dict[str, Any]:
        return {"ok": self.ok, "checked": self.checked, "first_bad": self.first_bad}


def verify_chain(*, heads: Path | None = None) -> Verdict:
    """Walk the whole chain; stops at the first thing that is wrong."""
    checked, seq, last_hash = 0, 0, GENESIS
    while True:
        count, top, top_hash, *found = _row(_LINKS, {"seq": seq, "hash": last_hash, "chunk": CHUNK})
        if not count:
            break
        checked += count
        bad = [(place, what) for place, what in zip(found, _LINK_PROBLEMS, strict=True) if place is not None]
        if bad:
            place, what = min(bad)
            return Verdict(checked, _named(place, what), None)
        seq, last_hash = top, bytes(top_hash)
    head = (seq, last_hash.hex()) if checked else None
    problem = _entries_problem() or _heads_problem(heads or heads_file())
    return Verdict(checked, problem, head)


def heads_file() -> Path:
    """Return where the heads of the chain are kept, outside the database."""
    return Path(settings.VAR_DIR) / "audit-heads.log"


def keep_head(verdict: Verdict, path: Path | None = None) -> None:
    """Append the head of a whole chain to the file; the file is only ever appended to."""
    if not verdict.ok or verdict.head is None:
        return
    path = path or heads_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    seq, hash_ = verdict.head
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{_database()} {seq} {hash_} {timezone.now():%Y-%m-%dT%H:%M:%SZ}\n")


def _entries_problem() -> dict[str, Any] | None:
    (last,) = _row("select coalesce(max(id), 0) from audit_auditentry", {})
    for low in range(0, last, CHUNK):
        for what, sql in _ENTRY_CHECKS:
            (entry,) = _row(sql, {"low": low, "high": low + CHUNK})
            if entry is not None:
                return {"seq": None, "entry": entry, "problem": what}
    return None


def _heads_problem(path: Path) -> dict[str, Any] | None:
    """Compare the kept heads of this database with the chain: one that is gone or different means it was cut or rewritten."""
    if not path.exists():
        return None
    database = _database()
    lines = [line.split() for line in path.read_text("utf-8").splitlines()]
    for _name, seq, hash_, *_rest in (line for line in lines if len(line) >= 3 and line[0] == database):
        (now,) = _row(
            "select (select encode(hash, 'hex') from audit_auditlink where seq = %(seq)s)", {"seq": int(seq)}
        )
        if now != hash_:
            return {"seq": int(seq), "entry": None, "problem": "head differs from the one kept outside"}
    return None


def _named(seq: int, what: str) -> dict[str, Any]:
    (entry,) = _row("select (select entry_id from audit_auditlink where seq = %(seq)s)", {"seq": seq})
    return {"seq": seq, "entry": entry, "problem": what}


def _database() -> str:
    name, oid = _row("select datname, oid from pg_database where datname = current_database()", {})
    return f"{name}:{oid}"


def _row(sql: str, values: dict[str, Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
