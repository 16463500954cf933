"""Proposing, carrying out and taking back a merge. Order of locks: the merge, then the files by number, then what links to them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.merge import dated, selectors
from accounts.merge.joins import join, lock_pair, part, refresh
from accounts.merge.models import Merge, NotTheSame
from accounts.merge.registry import links_to
from accounts.merge.rows import Numbers, numbers_of
from accounts.merge.rules import OTHER, Choice, choices_of
from accounts.merge.terms import DATED, FIELDS, MERGE_MOVES, How, Kind, MergeState, Weight
from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from accounts.units.services_along import reclaim, take_along
from accounts.units.terms import Field
from kam.approvals import services as approvals
from kam.audit.services import record
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.transitions import ensure_transition
from kam.users.models import User

SUBJECT = "unit_merge"
_WAITS = _("A merge of this file waits already.")
_STRAYS_FOR = timedelta(hours=1)


class _RehearsedError(Exception):
    """Ends a rehearsal: nothing of it stays."""


def choices_for(kind: Kind, survivor: Any, loser: Any, chosen: Mapping[str, str]) -> list[Choice]:
    """Return both sides of every field that a merge chooses."""
    mine, theirs = selectors.plain_values(survivor, kind), selectors.plain_values(loser, kind)
    return choices_of(FIELDS[kind], mine, theirs, chosen)


@transaction.atomic
def propose_merge(
    survivor: KeyAccount,
    loser: KeyAccount,
    *,
    choices: Mapping[str, str],
    reason: str,
    by: User,
    confirmed: bool = False,
) -> Merge:
    """Ask that `loser` becomes part of `survivor`; manager and director decide. Refused where it could not be carried out."""
    mine, theirs = lock_pair(Kind.UNIT, survivor.pk, loser.pk)
    if Merge.objects.between(Kind.UNIT, (mine.pk, theirs.pk)).exists():
        raise ConflictError(_WAITS, code="waits")
    check_findings(Kind.UNIT, mine, theirs, confirmed=confirmed)
    made = _open(
        Merge(
            kind=Kind.UNIT,
            survivor_unit=mine,
            loser_unit=theirs,
            choices=_clean(Kind.UNIT, choices),
            confirmed=confirmed,
            reason=_reason(reason),
            asked_by=by,
        )
    )
    record("accounts.merge.asked", made, by=by, reason=made.reason)
    approvals.submit(SUBJECT, made, by=by)
    return made


@transaction.atomic
def propose_again(
    merge: Merge,
    *,
    choices: Mapping[str, str],
    reason: str,
    by: User,
    confirmed: bool,
    version: int | None = None,
) -> Merge:
    """Hand a returned proposal in once more; refused where it could not be carried out, as the first time."""
    row = lock_merge(merge, version=version)
    mine, theirs = lock_pair(Kind.UNIT, row.survivor_unit_id, row.loser_unit_id)
    check_findings(Kind.UNIT, mine, theirs, confirmed=confirmed)
    row.choices, row.reason, row.confirmed = _clean(Kind(row.kind), choices), _reason(reason), confirmed
    move(row, MergeState.PENDING, by=by, fields=("choices", "reason", "confirmed"))
    approvals.submit(SUBJECT, row, by=by)
    return row


@transaction.atomic
def approve_merge(merge: Merge, by: User) -> None:
    """Carry out what was approved; raises where it cannot be done any more."""
    _carry_out(lock_merge(merge), by=by)


def end_merge(state: MergeState):  # type: ignore[no-untyped-def]  # an effect of the approvals registry
    """Return the effect of a decision that leaves both as they are."""

    @transaction.atomic
    def effect(merge: Merge, by: User) -> None:
        move(lock_merge(merge), state, by=by)

    return effect


@transaction.atomic
def merge_persons(
    survivor: Person,
    loser: Person,
    *,
    choices: Mapping[str, str],
    reason: str,
    by: User,
    confirmed: bool = False,
) -> Merge:
    """Make two entries of one person one, at once."""
    mine, theirs = lock_pair(Kind.PERSON, survivor.pk, loser.pk)
    made = _open(
        Merge(
            kind=Kind.PERSON,
            survivor_person=mine,
            loser_person=theirs,
            choices=_clean(Kind.PERSON, choices),
            confirmed=confirmed,
            reason=_reason(reason),
            asked_by=by,
        )
    )
    return _carry_out(made, by=by)


def draft(kind: Kind, survivor: Any, loser: Any, *, by: User) -> Merge:
    """Return a merge that is not written yet, for a rehearsal."""
    sides = {f"survivor_{kind}": survivor, f"loser_{kind}": loser}
    return Merge(
        kind=kind, reason="–", asked_by=by, state=MergeState.MERGED, merged_at=timezone.now(), **sides
    )


def rehearse(merge: Merge) -> tuple[list[selectors.Moved], Numbers]:
    """Return what carrying out this merge would do, and to which rows; all stays as it is. Raises what carrying it out would raise.

    A draft is written for it; a proposal that was returned holds its file already and is rehearsed as it stands.
    """
    told: list[selectors.Moved] = []
    numbers: Numbers = {}
    is_kept = Merge.objects.filter(pk=merge.pk).exists()
    try:
        with transaction.atomic():
            _stand_as_merged(merge) if is_kept else _open(merge)
            _join_links(merge)
            told, numbers = selectors.moved_rows(merge), numbers_of(merge)
            raise _RehearsedError
    except _RehearsedError:
        return told, numbers


@transaction.atomic
def undo_merge(merge: Merge, *, by: User, reason: str, version: int | None = None) -> Merge:
    """Give both files back what was theirs. What was added to the survivor since stays with it."""
    row = lock_merge(merge, version=version)
    if row.state != MergeState.MERGED:
        raise ConflictError(_("This merge was taken back already."), code="undone")
    row.undone_at, row.undone_by, row.undo_reason = timezone.now(), by, _reason(reason)
    move(
        row,
        MergeState.UNDONE,
        by=by,
        fields=("undone_at", "undone_by", "undo_reason"),
        reason=row.undo_reason,
    )
    survivor, loser = part(row, by=by)
    dated.drop_values(row)
    if row.kind == Kind.UNIT:
        reclaim(loser, survivor, by=by)
        _go_along(loser, survivor, by=by)
    return row


@transaction.atomic
def keep_apart(kind: Kind, first: int, second: int, *, by: User) -> NotTheSame:
    """Remember that two files are alike and two all the same; refused while a merge of them waits."""
    lock_pair(kind, first, second)
    low, high = sorted((first, second))
    if Merge.objects.between(kind, (low, high)).exists():
        raise BusinessError(_("A merge of these two waits for its decision."), code="waits")
    made, is_new = NotTheSame.objects.get_or_create(kind=kind, low_id=low, high_id=high, defaults={"by": by})
    if is_new:
        record("accounts.merge.kept_apart", made, by=by)
    return made


def collect_strays() -> str | None:
    """Bring along what was being written while a merge was carried out; running it twice changes nothing the second time."""
    since = timezone.now() - _STRAYS_FOR
    found = [pk for pk in selectors.stray_merges(since) if _collect(pk)]
    return f"{len(found)}" if found else None


@transaction.atomic
def _collect(pk: int) -> bool:
    row = locked(Merge.objects.filter(pk=pk, state=MergeState.MERGED)).first()
    if row is None or not selectors.has_strays(row):
        return False
    _join_links(row)
    return True


def check_findings(kind: Kind, survivor: Any, loser: Any, *, confirmed: bool) -> None:
    """Raise the first finding that forbids the merge, or that was not confirmed."""
    for finding in selectors.findings_of(kind, survivor, loser):
        if finding.weight is Weight.REFUSES:
            raise BusinessError(finding.text, code=finding.code)
        if not confirmed:
            raise BusinessError(finding.text, code=finding.code, field="confirmed")


def lock_merge(merge: Merge, *, version: int | None = None) -> Merge:
    row = locked(Merge.objects.filter(pk=merge.pk)).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this merge meanwhile."), code="stale")
    return row


def move(row: Merge, to: MergeState, *, by: User, fields: tuple[str, ...] = (), reason: str = "") -> None:
    before = MergeState(row.state)
    ensure_transition(before, to, MERGE_MOVES)
    row.state = to
    row.version += 1
    row.save(update_fields=["state", "version", *fields])
    record(f"accounts.merge.{to}", row, by=by, changes={"state": (before, to)}, reason=reason)


def _carry_out(row: Merge, *, by: User) -> Merge:
    kind = Kind(row.kind)
    numbers = (row.survivor_unit_id or row.survivor_person_id, row.loser_unit_id or row.loser_person_id)
    mine, theirs = lock_pair(kind, *numbers)
    check_findings(kind, mine, theirs, confirmed=row.confirmed)
    values = dated.values_to_write(mine, theirs, row) if kind is Kind.UNIT else {}
    row.merged_at = timezone.now()
    move(row, MergeState.MERGED, by=by, fields=("merged_at",), reason=row.reason)
    row.written = join(kind, mine, theirs, row, by=by)
    row.save(update_fields=["written"])
    _join_links(row)
    dated.write_values(mine, values, row, by=by)
    refresh(mine)
    if kind is Kind.UNIT:
        _go_along(mine, theirs, by=by)
    return row


def _go_along(unit: KeyAccount, other: KeyAccount, *, by: User) -> None:
    """Give what came from the other file, or went back from it, to whom this one belongs; files of one owner leave it where it is."""
    if unit.owner_id != other.owner_id:
        take_along(unit, other.owner, by=by)


def _join_links(row: Merge) -> None:
    """Move every link as it was declared; money that cannot follow stops the merge."""
    with connection.cursor() as cursor:
        for link in links_to(Kind(row.kind)):
            if link.how is None:
                raise LookupError(f"nobody declared how {link.label} follows a merge")
            if link.how is How.STAY:
                continue
            together = link.how is How.TOGETHER
            cursor.execute(
                "select moved, stayed from accounts_move_links(%s, %s, %s, %s)",
                [row.pk, link.table, link.column, together],
            )
            _moved, stayed = cursor.fetchone()
            if stayed and link.how is How.STRICT:
                text = _(
                    "%(what)s: not all of the merged file can follow. Settle that first, or merge the other way round."
                )
                raise BusinessError(text % {"what": link.words}, code="money")
        cursor.execute("select accounts_move_keys(%s)", [row.pk])


def _stand_as_merged(merge: Merge) -> None:
    """Let a row stand as carried out, inside a rehearsal that is dropped: rows move for nothing else."""
    Merge.objects.filter(pk=merge.pk).update(state=MergeState.MERGED, merged_at=timezone.now())


def _open(merge: Merge) -> Merge:
    try:
        with transaction.atomic():
            merge.save(force_insert=True)
    except IntegrityError as error:
        if "once_at_a_time" not in str(error):
            raise
        raise ConflictError(_WAITS, code="waits") from error
    return merge


def _clean(kind: Kind, choices: Mapping[str, str]) -> dict[str, str]:
    known = set(FIELDS[kind])
    if kind is Kind.UNIT:
        known |= {f"{DATED}{field}" for field in Field}
    return {name: side for name, side in choices.items() if name in known and side in {OTHER, "own"}}


def _reason(reason: str) -> str:
    if not reason.strip():
        raise BusinessError(_("Say why."), code="reason", field="reason")
    return reason.strip()[:300]
