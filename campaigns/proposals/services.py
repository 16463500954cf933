"""The acts on proposals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from accounts.units.services import mark_dirty
from campaigns.campaigns.models import Campaign
from campaigns.proposals.labels import PROBLEMS
from campaigns.proposals.models import Presentation, Proposal, ProposalVersion
from campaigns.proposals.rules import Problem, answer_problem, presentation_problem
from campaigns.proposals.terms import PROPOSAL_MOVES, ProposalState
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.core.numbers import next_number
from kam.core.transitions import ensure_transition
from kam.files import services as files
from kam.users.models import User

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

FILES = "campaigns.proposal"


@dataclass(frozen=True, slots=True)
class Shown:
    """When a version was presented to whom, and how they took it."""

    on: date
    persons: Sequence[Person]
    place: str = ""
    reaction: str = ""


@transaction.atomic
def open_proposal(
    unit: KeyAccount,
    title: str,
    summary: str,
    *,
    by: User,
    campaign: Campaign | None = None,
    upload: "UploadedFile[Any] | None" = None,
) -> Proposal:
    """Write the first version."""
    number = next_number(Proposal, "FA", business_date().year)
    row = Proposal.objects.create(number=number, unit=unit, campaign=campaign, title=title, by=by)
    record("campaigns.proposal.opened", row, by=by, changes={"title": (None, title)})
    _write(row, summary, upload, by)
    return row


@transaction.atomic
def add_version(
    proposal: Proposal, summary: str, *, by: User, version: int, upload: "UploadedFile[Any] | None" = None
) -> ProposalVersion:
    """Write the next version; a declined proposal is open again."""
    row = _locked_at(proposal, version)
    if row.state == ProposalState.ACCEPTED:
        raise BusinessError(_("It is accepted: a new proposal begins anew."), code="accepted")
    if row.state == ProposalState.DECLINED:
        _move(row, ProposalState.OPEN, None, "", by)
    else:
        row.version += 1
        row.save(update_fields=["version"])
    return _write(row, summary, upload, by)


@transaction.atomic
def present(version: ProposalVersion, shown: Shown, *, by: User) -> Presentation:
    """A version was presented; it stands on the unit's timeline and among the facts of its phase."""
    proposal = locked(Proposal.objects.filter(pk=version.proposal_id).select_related("unit")).get()
    if proposal.state != ProposalState.OPEN:
        raise ConflictError(_("They have answered to this proposal meanwhile."))
    if any(person.unit_id != proposal.unit_id for person in shown.persons):
        raise BusinessError(_("Choose persons of this unit."), code="stranger", field="persons")
    problem = presentation_problem(
        on=shown.on, written_on=version.written_on, today=business_date(), persons=len(shown.persons)
    )
    _refuse(problem)
    made = Presentation.objects.create(
        version=version, on=shown.on, place=shown.place, reaction=shown.reaction, by=by
    )
    made.persons.set(shown.persons)
    record("campaigns.proposal.presented", proposal, by=by, changes={"version": (None, version.number)})
    mark_dirty(proposal.unit_id)
    return made


@transaction.atomic
def answer(
    proposal: Proposal, state: ProposalState, *, on: date, words: str, by: User, version: int
) -> Proposal:
    """Write down what they said to it."""
    row = _locked_at(proposal, version)
    ensure_transition(ProposalState(row.state), state, PROPOSAL_MOVES)
    shown = Presentation.objects.filter(version__proposal=row).order_by("on").first()
    _refuse(answer_problem(on=on, presented_on=shown.on if shown else None, today=business_date()))
    _move(row, state, on, words, by)
    return row


def _write(row: Proposal, summary: str, upload: "UploadedFile[Any] | None", by: User) -> ProposalVersion:
    number = row.versions.count() + 1
    file = files.attach(FILES, row.pk, upload, by=by) if upload is not None else None
    made = ProposalVersion.objects.create(
        proposal=row, number=number, summary=summary, written_on=business_date(), file=file, by=by
    )
    record("campaigns.proposal.version_written", row, by=by, changes={"version": (None, number)})
    return made


def _move(row: Proposal, state: ProposalState, on: date | None, words: str, by: User) -> None:
    before, row.state = row.state, state
    row.answered_on, row.answer = on, words
    row.version += 1
    row.save(update_fields=["state", "answered_on", "answer", "version"])
    changes = {"state": (before, state)}
    record(f"campaigns.proposal.{state.value}", row, by=by, changes=changes, reason=words)


def _refuse(problem: Problem | None) -> None:
    if problem is not None:
        field, code = problem
        raise BusinessError(PROBLEMS[code], code=code, field=field)


def _locked_at(proposal: Proposal, version: int) -> Proposal:
    row = locked(Proposal.objects.filter(pk=proposal.pk).select_related("unit")).get()
    if row.version != version:
        raise ConflictError(_("Somebody changed this proposal meanwhile. Look at it again."), code="stale")
    return row
