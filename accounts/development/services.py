"""The acts on phases and SWOT: move a unit, write the four lists anew, keep the step that facts say."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.development.models import PhaseChange, Swot
from accounts.development.rules.checks import Facts, Finding, missing
from accounts.development.rules.phases import conditions, move_of, status_path
from accounts.development.rules.steps import step_at, steps_of
from accounts.development.selectors.facts import facts_of, last_numbers
from accounts.development.terms import LISTS, MAX_LINE, MAX_LINES, SHORTEST_REASON, Move
from accounts.units.models import KeyAccount
from accounts.units.services import change_status, lock_unit, mark_dirty
from accounts.units.terms import Phase, UnitStatus
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.users.models import User

STALE = _("Somebody has moved this unit meanwhile. Here is where it stands now.")


class ConditionsMissingError(BusinessError):
    """Conditions of the phase are not met; `findings` has all that were asked."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(
            _("Conditions that are not met: %(n)s of %(of)s.")
            % {"n": len(missing(findings)), "of": len(findings)},
            code="conditions",
            field="to",
        )
        self.findings = tuple(findings)


@transaction.atomic
def move_phase(
    unit: KeyAccount,
    *,
    to: Phase,
    by: User | None,
    seen: int,
    reason: str = "",
    is_override: bool = False,
) -> PhaseChange:
    """Move the unit into `to` today; `seen` is the number of the last change that the page showed, 0 for none.

    Raises ConflictError where it was moved meanwhile, ConditionsMissingError where a condition is not met and nobody overrides,
    BusinessError for a way back or an override without a reason. The status follows where every condition is met.
    """
    row = lock_unit(unit.pk)
    number, old, reason = last_numbers([row.pk]).get(row.pk, 0), Phase(row.phase), reason.strip()[:300]
    if number != seen:
        raise ConflictError(STALE, code="stale", field="to")
    _check(row, old, to)
    today = business_date()
    facts = facts_of([row.pk], day=today)[row.pk]
    findings = conditions(facts, old=old, new=to)
    way = _way(old, to, findings, reason=reason, is_override=is_override)
    change = PhaseChange.objects.create(
        unit=row,
        number=number + 1,
        old=old,
        new=to,
        on=today,
        by=by,
        reason=reason,
        is_override=way is Move.OVERRIDE,
        findings={finding.check.value: finding.answer.value for finding in findings},
    )
    row.phase, row.phase_since_on = to, today
    row.save(update_fields=["phase", "phase_since_on"])
    act = "accounts.phase.overridden" if way is Move.OVERRIDE else "accounts.phase.moved"
    record(act, row, by=by, changes={"phase": (int(old), int(to))}, reason=reason)
    if way is Move.FORWARD:
        _follow(row, to, findings, by)
    mark_dirty(row.pk)
    return change


def _check(unit: KeyAccount, old: Phase, to: Phase) -> None:
    if unit.status == UnitStatus.LOST:
        raise BusinessError(_("A lost unit is not developed. Win it back first."), code="lost", field="to")
    if old is to:
        raise BusinessError(_("The unit is in this phase already."), code="same", field="to")


def _way(old: Phase, to: Phase, findings: Sequence[Finding], *, reason: str, is_override: bool) -> Move:
    """Return how the unit moves, or refuse."""
    if move_of(old, to) is Move.BACK:
        if not reason:
            raise BusinessError(_("Say why it goes back."), code="reason", field="reason")
        return Move.BACK
    if not missing(findings):
        return Move.FORWARD
    if not is_override:
        raise ConditionsMissingError(findings)
    if len(reason) < SHORTEST_REASON:
        raise BusinessError(
            _("Say why, in at least %(n)s characters.") % {"n": SHORTEST_REASON},
            code="reason",
            field="reason",
        )
    return Move.OVERRIDE


def _follow(unit: KeyAccount, to: Phase, findings: Sequence[Finding], by: User | None) -> None:
    """Let the status follow the phase, one dated change after the other."""
    for status in status_path(to, UnitStatus(unit.status), findings):
        change_status(unit, to=status, by=by)


@transaction.atomic
def write_swot(
    unit: KeyAccount, lists: Mapping[str, Sequence[str]], *, by: User | None, revision: int
) -> Swot:
    """Keep the four lists as the next revision; `revision` is the one that the writer saw, 0 for none. The same again writes nothing."""
    row = lock_unit(unit.pk)
    latest = Swot.objects.filter(unit=row).order_by("-revision").first()
    if (latest.revision if latest else 0) != revision:
        raise ConflictError(
            _("Somebody has written this SWOT anew meanwhile. Look at it, then save again."), code="stale"
        )
    told = {name: _lines(name, lists.get(name, ())) for name in LISTS}
    if latest is not None and all(getattr(latest, name) == told[name] for name in LISTS):
        return latest
    if not any(told.values()):
        raise BusinessError(_("Write at least one line."), code="empty", field=LISTS[0])
    swot = Swot.objects.create(unit=row, revision=revision + 1, on=business_date(), by=by, **told)
    record("accounts.swot.written", swot, by=by, changes={"revision": (revision or None, swot.revision)})
    mark_dirty(row.pk)
    return swot


def _lines(name: str, lines: Sequence[str]) -> list[str]:
    told = [line.strip() for line in lines if line.strip()]
    if len(told) > MAX_LINES or any(len(line) > MAX_LINE for line in told):
        raise BusinessError(
            _("At most %(lines)s lines of %(length)s characters.") % {"lines": MAX_LINES, "length": MAX_LINE},
            code="too_long",
            field=name,
        )
    return told


def keep_steps(unit_ids: Collection[int], day: date) -> None:
    """Write down at which step each unit stands, for the list and its filter; only what changed."""
    known = facts_of(unit_ids, day=day)
    now = dict(KeyAccount.objects.filter(pk__in=unit_ids).values_list("pk", "step"))
    by_step: dict[int, list[int]] = {}
    for unit_id, facts in known.items():
        if (step := _step(facts)) != now.get(unit_id):
            by_step.setdefault(step, []).append(unit_id)
    for step, ids in sorted(by_step.items()):
        KeyAccount.objects.filter(pk__in=ids).update(step=step)


def _step(facts: Facts) -> int:
    return step_at(steps_of(facts))
