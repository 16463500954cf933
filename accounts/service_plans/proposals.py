"""What is proposed for a role at units of a tier, changed by an approved rule change (12-decisions, 6). Every version stays readable."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.service_plans.labels import WEEKDAYS
from accounts.service_plans.models import ServicePlanTemplate
from kam.approvals.rule_changes.registry import Preview
from kam.audit.services import record
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.users.models import User

Payload = Mapping[str, Any]

#: What a version of a template says.
VERSIONED = (
    *("objective", "objective_zh_hans", "objective_zh_hant", "action", "action_zh_hans", "action_zh_hant"),
    *("mode", "day_part", "every", "number", "weekdays", "day_of_month"),
)


def last_version(seat: str, tier: str) -> ServicePlanTemplate | None:
    """Return the version that has no end yet."""
    return ServicePlanTemplate.objects.filter(seat=seat, tier=tier, replaced_on__isnull=True).first()


def template_named(of: str) -> dict[str, Any]:
    """Return what a draft about `seat-tier` begins with, nothing where there is no such template."""
    seat, _dash, tier = of.partition("-")
    now = last_version(seat, tier)
    return {"seat": seat, "tier": tier} | values_of(now) if now else {}


def values_of(template: ServicePlanTemplate) -> dict[str, Any]:
    return {name: getattr(template, name) for name in VERSIONED}


def preview_template(payload: Payload, valid_from: date) -> Preview:
    """Show each column now and from that day on."""
    now = last_version(payload["seat"], payload["tier"])
    rows = []
    for name in VERSIONED:
        before = _shown(name, getattr(now, name)) if now else ""
        after = _shown(name, payload[name])
        label = str(ServicePlanTemplate._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001 -- Django documents _meta as its API
        changed = _("same") if before == after else _("changes")
        rows.append([label, before or "–", after or "–", changed])
    note = _(
        "Plans that were written before stay as they are; only what is proposed from that day on changes."
    )
    return Preview([_("Proposal"), _("Now"), _("From %(day)s") % {"day": valid_from}, ""], rows, [note])


def _shown(name: str, value: Any) -> str:
    if name == "weekdays":
        return _(", ").join(str(WEEKDAYS[day]) for day in value)
    choices = dict(ServicePlanTemplate._meta.get_field(name).choices or ())  # type: ignore[union-attr]  # noqa: SLF001 -- see above
    return "" if value is None else str(choices.get(value, value))


def check_template(payload: Payload, valid_from: date) -> None:
    """Refuse a version that begins before one already approved."""
    now = last_version(payload["seat"], payload["tier"])
    if now is not None and valid_from < now.introduced_on:
        raise BusinessError(
            _("Version %(number)s begins on %(day)s already.")
            % {"number": now.version, "day": now.introduced_on},
            field="valid_from",
            code="overlap",
        )


@transaction.atomic
def apply_template(payload: Payload, valid_from: date, by: User, note: str) -> None:
    """Put the new version in force from its day on; the old one is proposed until then."""
    check_template(payload, valid_from)
    seat, tier = payload["seat"], payload["tier"]
    now = locked(ServicePlanTemplate.objects.filter(seat=seat, tier=tier, replaced_on__isnull=True)).first()
    if now is not None:
        now.replaced_on = valid_from
        now.save(update_fields=["replaced_on"])
    values = {name: payload[name] for name in VERSIONED}
    version = now.version + 1 if now else 1
    new = ServicePlanTemplate.objects.create(
        seat=seat, tier=tier, version=version, introduced_on=valid_from, **values
    )
    changes = {name: (getattr(now, name) if now else None, value) for name, value in values.items()}
    changed = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    record("accounts.service_plan.template_replaced", new, by=by, changes=changed, reason=note)
