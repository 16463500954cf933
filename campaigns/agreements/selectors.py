"""What Today and the timeline ask of agreements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from campaigns.agreements.models import Agreement
from campaigns.agreements.rules import days_left, is_notice_due, state_on
from campaigns.agreements.terms import NOTICE_DAYS, AgreementState
from kam.settings_rows.selectors import read_value, setting, value_in_force
from kam.today.asks import Ask
from kam.users.models import User

#: So many are told on Today; the list has the rest.
TOLD = 8
#: The longest notice that Today reads ahead.
_LONGEST = 366

ENDING: Ask[Agreement] = Ask(
    "agreements.ending",
    lambda people, day: (
        Agreement.objects.to_renew()
        .filter(unit__owner__any_of=people, ends_on__gte=day, ends_on__lte=day + timedelta(days=_LONGEST))
        .annotate(notice=value_in_force(NOTICE_DAYS, day))
        .select_related("unit")
        .order_by("ends_on", "pk")
    ),
    lambda row: row.unit.owner_id,
)


@dataclass(frozen=True, slots=True)
class Ending:
    """An agreement that ends soon."""

    agreement: Agreement
    days: int


def ending_for(users: Sequence[User], day: date) -> dict[int, list[Ending]]:
    """Return user id → agreements of their units that end within the notice and are not renewed, the next one first."""
    told = {}
    for pk, rows in ENDING(users, day).items():
        due = [Ending(row, days_left(row.ends_on, day)) for row in rows if _is_told(row, day)]
        if due:
            told[pk] = sorted(due, key=attrgetter("days"))[:TOLD]
    return told


def _is_told(row: Agreement, day: date) -> bool:
    notice = read_value(NOTICE_DAYS, row.notice)  # type: ignore[attr-defined]  # annotated by the ask
    return is_notice_due(row.ends_on, day, int(notice))


def ends_told(unit_ids: Collection[int], today: date) -> dict[int, dict[str, Any]]:
    """Tell the red flags which agreements end within the notice and are not renewed. Two queries."""
    notice = timedelta(days=int(setting(NOTICE_DAYS)))
    rows = Agreement.objects.to_renew().filter(
        unit__in=unit_ids, ends_on__gte=today, ends_on__lte=today + notice
    )
    told: dict[int, dict[str, Any]] = {}
    for row in rows.order_by("unit_id", "ends_on", "pk"):
        fact = {
            "key": f"{row.pk}:{row.ends_on}",
            "number": row.number,
            "title": row.title,
            "since_on": row.ends_on - notice,
            "ends_on": row.ends_on,
        }
        told.setdefault(row.unit_id, {"agreements": []})["agreements"].append(fact)
    return told


def standing_of(agreement: Agreement, today: date) -> AgreementState:
    """Return where an agreement stands today."""
    return state_on(agreement.term, today, int(setting(NOTICE_DAYS)))
