"""The two kinds of rules of this floor: settings and approval routes. Positions are proposed in `kam.people`."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kam.approvals.models import Request, Route
from kam.approvals.names import subject_name
from kam.approvals.registry import all_subjects
from kam.approvals.routes import write_steps
from kam.approvals.rule_changes.registry import Preview
from kam.approvals.rules import Facts, Requester, Step, stages_for
from kam.approvals.selectors import route_on, steps_of
from kam.approvals.terms import RequestState
from kam.audit import services as audit
from kam.core.errors import BusinessError
from kam.settings_rows.models import SettingRow
from kam.settings_rows.registry import Value, definition_of
from kam.settings_rows.selectors import setting
from kam.users.models import POSITION_LABELS, User
from kam.users.terms import SELLERS, Position

Payload = Mapping[str, Any]
N = TypeVar("N", int, Decimal)

# --- Settings --------------------------------------------------------------------------------------------------------


def typed(key: str, text: str) -> Value:
    """Return `text` in the type of the setting's default; BusinessError where it does not fit."""
    default = definition_of(key).default
    try:
        if isinstance(default, bool):
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[
                text.strip().lower()
            ]
        if isinstance(default, int):
            return _within(int(text), LARGEST_COUNT)
        return _within(Decimal(text), LARGEST_AMOUNT) if isinstance(default, Decimal) else text
    except (ValueError, KeyError, InvalidOperation) as error:
        raise BusinessError(
            _("This value does not fit the setting."), field="value", code="bad_value"
        ) from error


def preview_setting(payload: Payload, valid_from: date) -> Preview:
    """Show the value now, the day before, and then."""
    definition = definition_of(payload["key"])
    later = SettingRow.objects.filter(key=payload["key"], valid_from__gt=valid_from).order_by("valid_from")
    notes = [
        _("From %(day)s on it is %(value)s by a change approved before.")
        % {"day": row.valid_from, "value": row.value}
        for row in later
    ]
    return Preview(
        [_("Setting"), _("Now"), _("From %(day)s") % {"day": valid_from}],
        [
            [
                str(definition.label),
                f"{setting(payload['key'])} {definition.unit}",
                f"{payload['value']} {definition.unit}",
            ]
        ],
        notes,
    )


def check_setting(payload: Payload, valid_from: date) -> None:
    """Refuse a value that does not fit, and a second value for the same first day."""
    typed(payload["key"], str(payload["value"]))
    if SettingRow.objects.filter(key=payload["key"], valid_from=valid_from).exists():
        raise BusinessError(
            _("This setting has a new value from that day already. Choose another day."),
            field="valid_from",
            code="same_day",
        )


def kinds_of_setting(payload: Payload) -> frozenset[str]:
    """Return what the change is to its route: limits of the integrity register go to the general manager too."""
    kind = definition_of(payload["key"]).route_kind
    return frozenset({kind}) if kind else frozenset()


def apply_setting(payload: Payload, valid_from: date, by: User, note: str) -> None:
    """Write the row; from its day on the setting reads it."""
    check_setting(payload, valid_from)
    before = str(setting(payload["key"], on=valid_from))
    try:
        with transaction.atomic():
            row = SettingRow.objects.create(
                key=payload["key"], value=str(payload["value"]), valid_from=valid_from, note=note[:300]
            )
    except IntegrityError as error:
        raise BusinessError(
            _("This setting has a new value from that day already."), code="same_day"
        ) from error
    audit.record("settings.row.added", row, by=by, changes={payload["key"]: (before, payload["value"])})


# --- Approval routes --------------------------------------------------------------------------------------------------


def planned_steps(steps: list[dict[str, Any]]) -> list[Step]:
    """Return steps of a draft as the rules read them."""
    return [
        Step(
            order=number,
            positions=tuple(Position(p) for p in step["by"]),
            amount_over=_decimal(step.get("amount_over")),
            amount_up_to=_decimal(step.get("amount_up_to")),
            official={"yes": True, "no": False}.get(step.get("official", "")),
            kind=step.get("kind", ""),
            only_for=tuple(Position(p) for p in step.get("only_for", [])),
        )
        for number, step in enumerate(steps, start=1)
    ]


def preview_route(payload: Payload, valid_from: date) -> Preview:
    """Show, for each position that asks, who decides now and who would: without money and with 10,000 yuan."""
    now = route_on(payload["subject"], valid_from)
    old, new = (steps_of(now) if now else []), planned_steps(payload["steps"])
    rows = []
    for position in sorted(SELLERS):
        for label, amount in ((_("no money"), Decimal(0)), (_("10,000 yuan"), Decimal(10_000))):
            before, after = _deciders(old, position, amount), _deciders(new, position, amount)
            rows.append(
                [
                    f"{POSITION_LABELS[position]} · {label}",
                    before,
                    after,
                    _("same") if before == after else _("changes"),
                ]
            )
    waiting = Request.objects.filter(subject_key=payload["subject"], state=RequestState.PENDING).count()
    note = _("%(count)s requests under way keep the route they were submitted on.") % {"count": waiting}
    return Preview([_("Who asks"), _("Decided now by"), _("Then by"), ""], rows, [note])


def check_route(payload: Payload, valid_from: date) -> None:
    """Refuse a route without steps, and one that begins before a version already approved."""
    if not payload["steps"]:
        raise BusinessError(_("A route needs at least one step."), code="no_steps")
    later = Route.objects.filter(subject_key=payload["subject"], valid_from__gt=valid_from).first()
    if later is not None:
        raise BusinessError(
            _("Version %(number)s begins on %(day)s already. Two versions of one route never share a day.")
            % {"number": later.number, "day": later.valid_from},
            field="valid_from",
            code="overlap",
        )


def apply_route(payload: Payload, valid_from: date, by: User, note: str) -> None:
    """Close the version in force and write the next one, in the same transaction."""
    check_route(payload, valid_from)
    rows = Route.objects.select_for_update().filter(subject_key=payload["subject"]).order_by("number")
    versions = list(rows)
    for route in versions:
        if route.valid_until is None:
            route.valid_until = valid_from
            route.save(update_fields=["valid_until"])
    number = versions[-1].number + 1 if versions else 1
    route = Route.objects.create(
        subject_key=payload["subject"], number=number, valid_from=valid_from, note=note[:300]
    )
    write_steps(route, payload["steps"])
    audit.record("approvals.route.added", route, by=by, changes={"steps": (None, payload["steps"])})


def subject_choices() -> list[tuple[str, str]]:
    """Return every subject that has a route or is registered, with its label."""
    keys = set(Route.objects.values_list("subject_key", flat=True)) | set(all_subjects())
    return sorted((key, subject_name(key)) for key in keys)


def _deciders(steps: list[Step], position: Position, amount: Decimal) -> str:
    """Return who decides in a department where every position is held once."""
    holders = {p: (number,) for number, p in enumerate(Position, start=1)}
    staging = stages_for(steps, Facts(amount=amount), Requester(1000, position), holders)
    stages = [" / ".join(str(POSITION_LABELS[p]) for p in stage.positions) for stage in staging.stages]
    return " → ".join(stages) or _("nobody")


def _decimal(text: Any) -> Decimal | None:
    return Decimal(str(text)) if text else None


#: Counts are days, hours or rows; so many days are three centuries, and a day that far away is still a date.
LARGEST_COUNT = 100_000
LARGEST_AMOUNT = 1_000_000_000


def _within(number: N, largest: int) -> N:
    if not Decimal(number).is_finite() or not 0 <= number <= largest:
        raise ValueError(number)
    return number
