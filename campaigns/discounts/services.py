"""The acts on discount rules: a version is put in force, its predecessor ends; nothing is edited."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.persons.models import Person
from campaigns.campaigns.models import Campaign
from campaigns.campaigns.terms import OfferChannel
from campaigns.discounts.labels import TIER_PROBLEMS
from campaigns.discounts.models import Certificate, DiscountTier, DiscountVersion
from campaigns.discounts.rules.benefits import Benefit, Tier, tiers_problem
from campaigns.discounts.rules.book import Rule
from campaigns.discounts.terms import BenefitKind, PaymentMode, RuleKind
from kam.audit.services import record
from kam.core.clock import business_date
from kam.core.days import say_day
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.users.models import User

FIXTURE = settings.BASE_DIR / "fixtures" / "discount_rules.json"
#: The source printed its rules for the year 2008.
FIRST_DAY = date(2008, 1, 1)


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to be put in force; `valid_until` is the day after its last one."""

    campaign: Campaign
    rule: Rule
    valid_from: date
    valid_until: date | None = None
    note: str = ""

    def scope(self) -> dict[str, Any]:
        """Return what tells this rule from others, as columns."""
        return {
            "campaign": self.campaign,
            "kind": self.rule.kind,
            "channel": self.rule.channel or "",
            "payment_mode": self.rule.payment or "",
            "product_id": self.rule.product,
        }


@transaction.atomic
def put_in_force(new: NewVersion, *, by: User | None) -> DiscountVersion:
    """Write the version and end its predecessor on the day before; two at once are one after the other.

    Raises BusinessError where a version approved before begins inside its days, or where its tiers cannot be.
    """
    locked(Campaign.objects.filter(pk=new.campaign.pk)).get()
    check_version(new)
    versions = list(DiscountVersion.objects.filter(**new.scope()).order_by("number"))
    closed = _close(versions, new.valid_from)
    version = DiscountVersion.objects.create(
        **new.scope(),
        number=versions[-1].number + 1 if versions else 1,
        valid_from=new.valid_from,
        valid_until=new.valid_until,
        min_sets=new.rule.min_sets,
        needs_certificate=new.rule.needs_certificate,
        note=new.note[:300],
    )
    for place, tier in enumerate(new.rule.tiers, 1):
        DiscountTier.objects.create(version=version, place=place, from_sets=tier.from_sets, **_columns(tier))
    changes = {"from": (None, new.valid_from), "tiers": (_said(closed), _said(version))}
    record("campaigns.discount.in_force", version, by=by, changes=changes, reason=new.note)
    return version


@transaction.atomic
def check_certificate(
    person: Person, *, kind: str, number: str, valid_until: date | None = None, by: User | None
) -> Certificate:
    """Record a certificate that was seen; one certificate belongs to one person."""
    if valid_until is not None and valid_until < business_date():
        raise BusinessError(_("This certificate has run out."), code="expired", field="valid_until")
    values = {"person": person, "valid_until": valid_until, "checked_on": business_date(), "checked_by": by}
    try:
        with transaction.atomic():
            made = Certificate.objects.create(kind=kind, number=number, **values)
    except IntegrityError as error:
        raise BusinessError(
            _("A certificate with this number is on file already."), code="taken", field="number"
        ) from error
    changes = {"kind": (None, kind), "number": (None, number)}
    record("campaigns.certificate.checked", made, by=by, changes=changes, personal=("number",))
    return made


def _close(versions: Sequence[DiscountVersion], day: date) -> DiscountVersion | None:
    """End the version that holds on `day` (one that begins on it never held)."""
    for version in versions:
        if version.valid_from <= day and (version.valid_until is None or version.valid_until > day):
            version.valid_until = day
            version.save(update_fields=["valid_until"])
            return version
    return None


def check_version(new: NewVersion) -> None:
    """Refuse tiers that cannot be, and days that a version approved before takes."""
    if problem := tiers_problem(new.rule.tiers):
        place, code = problem
        raise BusinessError(TIER_PROBLEMS[code], code=code, field=f"value_{place + 1}")
    if new.valid_until is not None and new.valid_until <= new.valid_from:
        raise BusinessError(_("The last day lies before the first."), code="order", field="last_day")
    later = DiscountVersion.objects.filter(**new.scope(), valid_from__gt=new.valid_from)
    later = later.filter(~Q(valid_until=F("valid_from")) | Q(valid_until__isnull=True))
    if new.valid_until is not None:
        later = later.filter(valid_from__lt=new.valid_until)
    taken = later.order_by("valid_from").first()
    if taken is not None:
        told = {"number": taken.number, "day": say_day(taken.valid_from)}
        words = _(
            "Version %(number)s begins on %(day)s already. Two versions of one rule never share a day:"
            " end this one before."
        )
        raise BusinessError(words % told, code="overlap", field="last_day")


def _columns(tier: Tier) -> dict[str, Decimal]:
    is_factor = tier.benefit.kind is BenefitKind.FACTOR
    return {"factor" if is_factor else "off_amount": tier.benefit.value}


def _said(version: DiscountVersion | None) -> list[Any] | None:
    """Return what a version gives, for the audit."""
    if version is None:
        return None
    tiers = [[t.from_sets, str(t.factor or t.off_amount)] for t in version.tiers.all()]
    return [version.number, version.min_sets, version.needs_certificate, tiers]


@transaction.atomic
def load_rules() -> list[DiscountVersion]:
    """Write the rules of the source for those of its campaigns that have none yet; return those written."""
    entries = json.loads(FIXTURE.read_text("utf-8"))
    campaigns = {
        c.code: c for c in Campaign.objects.filter(code__in={entry["campaign"] for entry in entries})
    }
    known = set(DiscountVersion.objects.values_list("campaign__code", flat=True))
    return [
        put_in_force(
            NewVersion(campaigns[entry["campaign"]], rule_from(entry), FIRST_DAY, note=entry.get("note", "")),
            by=None,
        )
        for entry in entries
        if entry["campaign"] in campaigns and entry["campaign"] not in known
    ]


def rule_from(told: Mapping[str, Any]) -> Rule:
    """Return a rule from plain JSON: of a fixture or of a draft."""
    return Rule(
        kind=RuleKind(told["kind"]),
        name=told.get("name", ""),
        version=told.get("version", 1),
        tiers=tuple(_tier_from(tier) for tier in told.get("tiers", ())),
        channel=OfferChannel(told["channel"]) if told.get("channel") else None,
        payment=PaymentMode(told["payment_mode"]) if told.get("payment_mode") else None,
        product=told.get("product"),
        min_sets=told.get("min_sets"),
        needs_certificate=told.get("needs_certificate", False),
    )


def _tier_from(told: Mapping[str, Any]) -> Tier:
    if told.get("factor"):
        return Tier(told.get("from_sets"), Benefit(BenefitKind.FACTOR, Decimal(told["factor"])))
    return Tier(told.get("from_sets"), Benefit(BenefitKind.AMOUNT, Decimal(told["off_amount"])))
