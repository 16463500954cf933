"""Outlets and inspections, valid by default."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from accounts.units.models import KeyAccount
from campaigns.inspections.models import ChecklistVersion, Inspection
from campaigns.inspections.selectors import checklist_in_force
from campaigns.inspections.services import Seen, Walk, keep_inspection
from campaigns.inspections.terms import Verdict
from campaigns.outlets import services
from campaigns.outlets.models import Outlet
from campaigns.outlets.services import Described
from campaigns.outlets.terms import OutletKind
from kam.core.clock import business_date
from kam.users.models import User


def described(name: str = "芦淞店", **fields: Any) -> Described:
    told: dict[str, Any] = {"name": name, "kind": OutletKind.STORE, "opened_on": date(2026, 1, 5)}
    return Described(**(told | fields))


def make_outlet(unit: KeyAccount, by: User, name: str = "芦淞店", **fields: Any) -> Outlet:
    return services.open_outlet(unit, described(name, **fields), by=by)


def sell(outlet: Outlet, by: User, **months: Any) -> None:
    """Tell months: sell(outlet, by, m07=100) is July 2026."""
    for name, amount in months.items():
        services.tell_sales(outlet, date(2026, int(name[1:]), 1), Decimal(amount), by=by)


def the_checklist() -> ChecklistVersion:
    version = checklist_in_force()
    assert version is not None
    return version


def walk_of(assignee: User, *failed: int, on: date | None = None, **fields: Any) -> Walk:
    """Everything in order but the rows named by their place."""
    version, day = the_checklist(), on or business_date()
    seen = {
        row.place: Seen(Verdict.FAILED, day + timedelta(days=5), "灯箱不亮")
        if row.place in failed
        else Seen(Verdict.OK, day)
        for row in version.rows.all()
    }
    return Walk(day, version, seen, assignee, **fields)


def make_inspection(outlet: Outlet, by: User, *failed: int, on: date | None = None) -> Inspection:
    return keep_inspection(outlet, walk_of(by, *failed, on=on), by=by)
