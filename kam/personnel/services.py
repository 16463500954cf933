"""The acts on personnel proposals. The audit keeps who did what to which number, never what it says."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kam.approvals import services as approvals
from kam.approvals.models import Decision, Request
from kam.approvals.selectors import request_for
from kam.approvals.terms import CLOSING_ACTIONS
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.transitions import ensure_transition
from kam.outbox import services as outbox
from kam.personnel.labels import PROBLEMS
from kam.personnel.models import Proposal
from kam.personnel.rules import About, Told, comment_problem, proposal_problem
from kam.personnel.terms import PROPOSAL_MOVES, Kind, ProposalState
from kam.users.models import User

SUBJECT = "sanction"
FIELDS = (
    "person",
    "candidate",
    "position",
    "unit_id",
    "unit_label",
    "fault",
    "happened_on",
    "what",
    "evidence",
    "proposal",
)


def _checked(kind: Kind, values: Mapping[str, Any], *, by: User) -> dict[str, Any]:
    """Return the fields of a proposal; refuse at its field what cannot be."""
    blank: dict[str, Any] = dict.fromkeys(FIELDS, "") | {"person": None, "unit_id": None, "happened_on": None}
    told = blank | {name: values[name] for name in FIELDS if name in values}
    person: User | None = told["person"]
    position = person.position if person else told["position"]
    about = About(person.pk if person else None, position, told["candidate"])
    said = Told(told["what"], told["proposal"], told["evidence"], told["fault"], told["happened_on"])
    if problem := proposal_problem(kind, about, said, by=by.pk, today=business_date()):
        field, code = problem
        raise BusinessError(PROBLEMS[code], code=code, field=field)
    return told | {"position": position if kind is Kind.HIRE else ""}


@transaction.atomic
def draft_proposal(kind: Kind, values: Mapping[str, Any], *, by: User) -> Proposal:
    """Write a draft; the director alone sees it."""
    proposal = Proposal.objects.create(kind=kind, proposed_by=by, **_checked(kind, values, by=by))
    record("personnel.proposal.drafted", proposal, by=by)
    return proposal


def _lock(proposal: Proposal, version: int | None = None) -> Proposal:
    row = locked(Proposal.objects.filter(pk=proposal.pk)).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this proposal meanwhile. Look at it again."), code="stale")
    return row


def _open(proposal: Proposal, version: int | None) -> Proposal:
    row = _lock(proposal, version)
    if not row.is_open:
        raise BusinessError(_("This proposal was handed in already."), code="state")
    return row


def _save(proposal: Proposal, *fields: str) -> None:
    proposal.version += 1
    proposal.save(update_fields=[*fields, "version"])


def _move(proposal: Proposal, to: ProposalState, *fields: str, by: User) -> None:
    before = ProposalState(proposal.state)
    ensure_transition(before, to, PROPOSAL_MOVES)
    proposal.state = to
    _save(proposal, "state", *fields)
    changes = {"state": (before.value, to.value)}
    record(f"personnel.proposal.{to.value}", proposal, by=by, changes=changes)


@transaction.atomic
def change_proposal(
    proposal: Proposal, values: Mapping[str, Any], *, by: User, version: int | None
) -> Proposal:
    """Change a draft, or one that was returned; the audit names the fields, not what they say."""
    row = _open(proposal, version)
    told = _checked(Kind(row.kind), values, by=by)
    changed = [name for name in FIELDS if getattr(row, name) != told[name]]
    for name in changed:
        setattr(row, name, told[name])
    _save(row, *changed)
    record("personnel.proposal.changed", row, by=by, changes={"fields": (None, sorted(changed))})
    return row


@transaction.atomic
def hand_in(proposal: Proposal, *, by: User, version: int | None = None) -> Request:
    """Hand a proposal to HR or the general manager."""
    row = _open(proposal, version)
    row.proposed_by, row.submitted_at = by, timezone.now()
    _move(row, ProposalState.PENDING, "proposed_by", "submitted_at", by=by)
    return approvals.submit(SUBJECT, row, by=by)


@transaction.atomic
def give_up(proposal: Proposal, *, by: User, version: int | None = None) -> Proposal:
    """Give a draft or a returned proposal up; the person never hears of it."""
    row = _open(proposal, version)
    if row.state == ProposalState.RETURNED:
        approvals.withdraw_for(SUBJECT, row, by=by, reason=gettext("The proposal was given up."))
        return _lock(row)
    _move(row, ProposalState.WITHDRAWN, by=by)
    return row


def decide(state: ProposalState) -> Any:
    """Return what follows a decision: who decided what, and the person hears that there is something to read."""

    @transaction.atomic
    def effect(proposal: Proposal, by: User) -> None:
        row = _lock(proposal)
        request = request_for(SUBJECT, row)
        last = Decision.objects.filter(request=request, action__in=CLOSING_ACTIONS).order_by("pk").last()
        row.decided_by, row.decided_at = by, timezone.now()
        row.decision = last.reason[:2000] if last else ""
        _move(row, state, "decided_by", "decided_at", "decision", by=by)
        _tell_person(row)

    return effect


def end_request(state: ProposalState) -> Any:
    """Return what follows when the request was returned or withdrawn."""

    @transaction.atomic
    def effect(proposal: Proposal, by: User) -> None:
        _move(_lock(proposal), state, by=by)

    return effect


def _tell_person(proposal: Proposal) -> None:
    """A line under the bell of the person and of nobody else; no mail, and no word of what it is."""
    if proposal.person is None or not proposal.person.is_active:
        return
    with translation.override(proposal.person.language):
        outbox.notify(
            key=f"personnel:{proposal.pk}:decided",
            to=proposal.person,
            kind="personnel.decided",
            text=gettext("A decision concerns you. You may read it and comment once."),
            url=proposal.get_absolute_url(),
        )


@transaction.atomic
def comment_once(proposal: Proposal, comment: str, *, by: User) -> Proposal:
    """Keep what the person says to the decision; once, and for ever. Who proposed and who decided are told."""
    row = _lock(proposal)
    code = comment_problem(
        state=ProposalState(row.state),
        is_about_me=row.person_id == by.pk,
        comment=comment,
        said=row.comment,
    )
    if code:
        raise BusinessError(PROBLEMS[code], code=code, field="comment")
    row.comment, row.commented_at = comment.strip()[:2000], timezone.now()
    _save(row, "comment", "commented_at")
    record("personnel.proposal.commented", row, by=by)
    for person in (row.proposed_by, row.decided_by):
        if person is not None and person.is_active:
            with translation.override(person.language):
                outbox.notify(
                    key=f"personnel:{row.pk}:commented:{person.pk}",
                    to=person,
                    kind="personnel.commented",
                    text=gettext("%(number)s has a comment.") % {"number": row},
                    url=row.get_absolute_url(),
                )
    return row
