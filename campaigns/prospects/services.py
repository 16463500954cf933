"""The acts on registered customers. Earnest money and deals tell when somebody is sincere or has bought; nobody types it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.persons.models import Person
from accounts.persons.services import add_person
from accounts.units.models import KeyAccount
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.terms import CampaignState
from campaigns.prospects.models import Prospect
from campaigns.prospects.rules import one_spelling
from campaigns.prospects.terms import Intention, Source
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.locks import locked
from kam.users.models import User
from kam.users.scopes import team_of

PERSONAL = ("mobile",)
FIELDS = ("name", "mobile", "channel", "source", "source_note", "intention", "need")


@dataclass(frozen=True, slots=True)
class ProspectTerms:
    """What is registered."""

    campaign: Campaign
    name: str
    channel: str
    source: Source
    mobile: str = ""
    source_note: str = ""
    intention: Intention = Intention.INTERESTED
    need: str = ""
    person: Person | None = None
    registered_on: date | None = None

    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in FIELDS} | {"mobile": one_spelling(self.mobile)}


@transaction.atomic
def register_prospect(terms: ProspectTerms, *, unit: KeyAccount | None, by: User) -> Prospect:
    """Register a customer in a running campaign; the same number or person is registered once in a campaign."""
    _check(terms, unit)
    row = Prospect(
        campaign=terms.campaign,
        unit=unit,
        person=terms.person,
        registered_on=terms.registered_on or business_date(),
        owner=by,
        team=team_of(by),
        **terms.columns(),
    )
    _save(row)
    changes = {name: (None, getattr(row, name)) for name in FIELDS if getattr(row, name)}
    record("campaigns.prospect.registered", row, by=by, changes=changes, personal=PERSONAL)
    return row


@transaction.atomic
def change_prospect(prospect: Prospect, terms: ProspectTerms, *, by: User, version: int) -> Prospect:
    """Correct what was registered; `version` is the one that the page showed."""
    row = _locked(prospect, version)
    _check(terms, row.unit)
    columns = terms.columns() | {"person": terms.person or row.person}
    changes = {n: (getattr(row, n), value) for n, value in columns.items() if getattr(row, n) != value}
    for name, (_before, after) in changes.items():
        setattr(row, name, after)
    row.version += 1
    _save(row)
    told = {name: (str(old or ""), str(new or "")) for name, (old, new) in changes.items()}
    record("campaigns.prospect.changed", row, by=by, changes=told, personal=PERSONAL)
    return row


@transaction.atomic
def make_person(prospect: Prospect, *, by: User, version: int) -> Prospect:
    """Enter a registered customer of a unit among its persons: earnest money and deals are written for persons."""
    row = _locked(prospect, version)
    if row.unit is None or row.person is not None:
        raise BusinessError(_("Only a customer of a unit who is not among its persons yet."), code="person")
    row.person = add_person(row.unit, {"name": row.name, "mobile": row.mobile}, by=by)
    row.version += 1
    _save(row)
    record("campaigns.prospect.person", row, by=by, changes={"person": (None, row.person.name)})
    return row


@transaction.atomic
def drop_prospect(prospect: Prospect, *, reason: str, by: User, version: int) -> Prospect:
    """Give up a customer; who is sincere or has bought stays."""
    row = _locked(prospect, version)
    if row.dropped_on or row.sincere_on or row.bought_on:
        raise BusinessError(_("Only who is neither sincere nor given up can be given up."), code="drop")
    row.dropped_on, row.drop_reason = business_date(), reason
    row.version += 1
    row.save(update_fields=["dropped_on", "drop_reason", "version"])
    record("campaigns.prospect.dropped", row, by=by, reason=reason)
    return row


@transaction.atomic
def take_up_again(prospect: Prospect, *, by: User, version: int) -> Prospect:
    """Somebody given up is a customer again."""
    row = _locked(prospect, version)
    if row.dropped_on is None:
        raise BusinessError(_("This customer was not given up."), code="drop")
    row.dropped_on, row.drop_reason = None, ""
    row.version += 1
    row.save(update_fields=["dropped_on", "drop_reason", "version"])
    record("campaigns.prospect.taken_up", row, by=by)
    return row


@transaction.atomic
def set_sincere(prospect: Prospect, *, on: date | None, by: User | None) -> None:
    """Earnest money was received, or given back (`on` is None)."""
    row = _locked(prospect)
    before, row.sincere_on = row.sincere_on, on
    if on is not None:
        row.dropped_on, row.drop_reason = None, ""
    row.version += 1
    row.save(update_fields=["sincere_on", "dropped_on", "drop_reason", "version"])
    record("campaigns.prospect.sincere", row, by=by, changes={"sincere_on": (before, on)})


@transaction.atomic
def set_bought(campaign: Campaign, person: Person, *, on: date | None, by: User | None) -> None:
    """A deal of this person in this campaign was signed, or their last one was cancelled (`on` is None)."""
    found = Prospect.objects.filter(campaign=campaign, person=person).first()
    if found is None:
        return
    row = _locked(found)
    if row.bought_on == on or (on is not None and row.bought_on is not None):
        return
    before, row.bought_on = row.bought_on, on
    row.version += 1
    row.save(update_fields=["bought_on", "version"])
    record("campaigns.prospect.bought", row, by=by, changes={"bought_on": (before, on)})


@transaction.atomic
def hand_over(pks: Sequence[str], *, frm: User, to: User, by: User) -> None:
    """Give open customers to a successor."""
    for row in locked(Prospect.objects.filter(pk__in=pks, owner=frm).order_by("pk")):
        row.owner, row.team = to, team_of(to)
        row.version += 1
        row.save(update_fields=["owner", "team", "version"])
        record("campaigns.prospect.handed_over", row, by=by, changes={"owner": (frm.name, to.name)})


def _check(terms: ProspectTerms, unit: KeyAccount | None) -> None:
    if terms.campaign.state != CampaignState.RUNNING:
        raise BusinessError(_("This campaign does not run."), code="not_running", field="campaign")
    if terms.registered_on is not None and terms.registered_on > business_date():
        raise BusinessError(_("This day is still to come."), code="future", field="registered_on")
    if terms.person is not None and (unit is None or terms.person.unit_id != unit.pk):
        words = _("The customer must be a person of this unit.")
        raise BusinessError(words, code="stranger", field="person")


def _save(row: Prospect) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "prospect_mobile_once" in str(error):
            words = _("This mobile number is registered in this campaign already.")
            raise BusinessError(words, code="twice", field="mobile") from error
        if "prospect_person_once" in str(error):
            words = _("This person is registered in this campaign already.")
            raise BusinessError(words, code="twice", field="person") from error
        raise


def _locked(prospect: Prospect, version: int | None = None) -> Prospect:
    rows = Prospect.objects.filter(pk=prospect.pk).select_related("unit", "campaign", "person")
    row = locked(rows).get()
    if version is not None and row.version != version:
        raise ConflictError(_("Somebody changed this meanwhile. Look at it again."), code="stale")
    return row
