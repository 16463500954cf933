"""The acts on what follows a deal: rounds of the negotiation, milestones, the payment plan, the archive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from campaigns.contracts.labels import PROBLEMS
from campaigns.contracts.models import ArchivedContract, Instalment, Milestone, NegotiationRound
from campaigns.contracts.rules import Due, plan_problem, tick_problem, total_of
from campaigns.contracts.terms import Concession, MilestoneKind, TermItem
from campaigns.deals.models import Deal
from campaigns.deals.terms import DealState
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.files import services as files
from kam.users.models import User

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

FILES = "campaigns.contract"


@dataclass(frozen=True, slots=True)
class Talk:
    """One round about one item."""

    item: TermItem
    on: date
    ours: str
    theirs: str = ""
    concession: Concession = Concession.NOBODY
    is_settled: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """An instalment as typed."""

    due_on: date
    amount: Decimal
    text: str = ""

    @property
    def due(self) -> Due:
        return Due(self.due_on, self.amount)


@transaction.atomic
def record_round(deal: Deal, talk: Talk, *, by: User) -> NegotiationRound:
    """Write down a round; the last one about an item says whether it is agreed."""
    row = _locked_deal(deal)
    if row.state == DealState.CANCELLED:
        raise BusinessError(_("This deal is cancelled."), code="cancelled")
    if talk.on > business_date():
        raise BusinessError(PROBLEMS["future"], code="future", field="on")
    made = NegotiationRound.objects.create(
        deal=row,
        item=talk.item,
        on=talk.on,
        ours=talk.ours,
        theirs=talk.theirs,
        concession=talk.concession,
        is_settled=talk.is_settled,
        by=by,
    )
    changes = {"item": (None, talk.item), "concession": (None, talk.concession)}
    record("campaigns.deal.negotiated", row, by=by, changes=changes)
    return made


@transaction.atomic
def plan_milestones(
    deal: Deal, planned: Mapping[MilestoneKind, date | None], *, by: User, version: int | None = None
) -> None:
    """Write the planned days; one left out is planned no more. `version` is the deal's, as the page showed it."""
    row = _signed(deal, version)
    known = {old.kind: old for old in Milestone.objects.filter(deal=row)}
    changes: dict[str, tuple[Any, Any]] = {}
    for kind, day in planned.items():
        old = known.get(kind) or Milestone(deal=row, kind=kind)
        if old.planned_on != day:
            changes[kind] = (old.planned_on, day)
            old.planned_on = day
            old.save()
    if changes:
        _touch(row)
        record("campaigns.deal.milestones_planned", row, by=by, changes=changes)


@transaction.atomic
def reach_milestone(deal: Deal, kind: MilestoneKind, *, on: date, note: str, by: User) -> Milestone:
    """Tick delivery, commissioning or acceptance; the others are read from signature and payments."""
    row = _signed(deal)
    assert row.signed_on is not None  # noqa: S101 -- a constraint: what is signed has its day
    problem = tick_problem(kind, on, row.signed_on, business_date())
    if problem is not None:
        raise BusinessError(PROBLEMS[problem], code=problem, field="on")
    made, _new = Milestone.objects.get_or_create(deal=row, kind=kind)
    if made.done_on is not None:
        raise ConflictError(_("This milestone is reached already."), code="reached")
    made.done_on, made.note = on, note
    made.save(update_fields=["done_on", "note"])
    record("campaigns.deal.milestone_reached", row, by=by, changes={kind.value: (None, on)}, reason=note)
    return made


@transaction.atomic
def plan_payments(
    deal: Deal, parts: Sequence[Part], *, by: User, version: int | None = None
) -> list[Instalment]:
    """Write the payment plan as a whole: it comes to what the deal costs. `version` is the deal's, as the page showed it."""
    row = _signed(deal, version)
    assert row.signed_on is not None  # noqa: S101 -- a constraint: what is signed has its day
    plan, total = [part.due for part in parts], row.net_total()
    problem = plan_problem(plan, total, row.signed_on)
    if problem is not None:
        told = {"sum": f"{total_of(plan):,.2f}", "total": f"{total:,.2f}"}
        raise BusinessError(PROBLEMS[problem] % told, code=problem, field="amount_1")
    before = Instalment.objects.filter(deal=row).count()
    Instalment.objects.filter(deal=row).delete()
    made = [
        Instalment.objects.create(
            deal=row, number=number, due_on=part.due_on, amount=part.amount, text=part.text
        )
        for number, part in enumerate(parts, start=1)
    ]
    _touch(row)
    record("campaigns.deal.payments_planned", row, by=by, changes={"instalments": (before, len(made))})
    return made


@transaction.atomic
def archive_contract(
    deal: Deal, file_no: str, upload: "UploadedFile[Any]", *, on: date, by: User
) -> ArchivedContract:
    """File the signed contract, once a deal, under a number that no other has."""
    row = _locked_deal(deal)
    if row.state == DealState.AGREED:
        raise BusinessError(_("Only a signed contract is archived."), code="not_signed")
    if on > business_date():
        raise BusinessError(PROBLEMS["future"], code="future", field="on")
    if ArchivedContract.objects.filter(deal=row).exists():
        raise ConflictError(_("This contract is archived already."), code="archived")
    file = files.attach(FILES, row.pk, upload, by=by)
    try:
        with transaction.atomic():
            made = ArchivedContract.objects.create(
                deal=row, file_no=file_no, file=file, archived_on=on, by=by
            )
    except IntegrityError as error:
        if "file_no" not in str(error):
            raise
        raise BusinessError(
            _("Another contract has this file number."), code="file_no", field="file_no"
        ) from error
    record("campaigns.deal.archived", row, by=by, changes={"file_no": (None, file_no)})
    return made


@transaction.atomic
def check_contract(contract: ArchivedContract, *, by: User) -> ArchivedContract:
    """Somebody else than whoever filed it has seen that it is complete."""
    row = locked(ArchivedContract.objects.filter(pk=contract.pk).select_related("deal")).get()
    if row.by_id == by.pk:
        raise BusinessError(_("Whoever files a contract does not check it."), code="own")
    if row.checked_on is not None:
        raise ConflictError(_("This contract is checked already."), code="checked")
    row.checked_on, row.checked_by = business_date(), by
    row.save(update_fields=["checked_on", "checked_by"])
    record("campaigns.deal.archive_checked", row.deal, by=by, changes={"file_no": (None, row.file_no)})
    return row


def _locked_deal(deal: Deal) -> Deal:
    return locked(Deal.objects.filter(pk=deal.pk).select_related("unit")).get()


def _touch(row: Deal) -> None:
    row.version += 1
    row.save(update_fields=["version"])


def _signed(deal: Deal, version: int | None = None) -> Deal:
    row = _locked_deal(deal)
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this deal meanwhile. Look at it again."), code="stale")
    if row.state != DealState.SIGNED:
        raise BusinessError(_("Only a signed deal is planned and carried out."), code="not_signed")
    return row
