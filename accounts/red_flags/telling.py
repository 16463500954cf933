"""How a flag is told: title, reason with its evidence, what to do, and where to do it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.red_flags import labels
from accounts.red_flags.models import RedFlag
from accounts.red_flags.terms import FlagKind, Severity
from accounts.roles.labels import SEAT_LABELS
from accounts.roles.terms import Seat


@dataclass(frozen=True, slots=True)
class ToldFlag:
    """A flag in words, for panels, lists, digests and cards."""

    flag: RedFlag
    title: str
    reason: str
    todo: str
    days: int
    is_danger: bool


def tell(flag: RedFlag, *, today: date) -> ToldFlag:
    """Put a flag into words of the active language. No query."""
    title, reason = title_and_reason(flag)
    days = max((today - flag.since_on).days, 0)
    todo = str(labels.TODO[FlagKind(flag.kind)])
    return ToldFlag(flag, title, reason, todo, days, flag.severity == Severity.DANGER)


def title_and_reason(flag: RedFlag) -> tuple[str, str]:
    """Return what is wrong and how we know."""
    kind, told = FlagKind(flag.kind), _words(flag.evidence)
    if kind is FlagKind.ROLE_MISSING:
        title, reason = labels.SEAT_MISSING[Seat(flag.evidence["seat"])]
        return str(title), str(reason)
    title, reason = labels.TITLES[kind], labels.REASONS[kind]
    if kind is FlagKind.NEVER_INTERVIEWED and flag.evidence.get("opposes"):
        title = labels.OPPOSES_AND_UNSEEN
    if "left_on" in flag.evidence:
        title, reason = labels.LEFT, labels.LEFT_REASON
    return str(title) % told, str(reason) % told


def _words(evidence: dict[str, Any]) -> dict[str, str]:
    return {name: _word(name, value) for name, value in evidence.items()}


def _word(name: str, value: Any) -> str:
    if name == "seat":
        return str(SEAT_LABELS[Seat(value)])
    if name == "seats":
        return _list([str(SEAT_LABELS[Seat(seat)]) for seat in value])
    if isinstance(value, list):
        return _list(value)
    if name in {"last", "left_on", "ends", "due"}:
        day = parse_date(value)
        return date_format(day, "SHORT_DATE_FORMAT") if day else _("never")
    return str(value) or "–"


def _list(words: list[str]) -> str:
    return _(", ").join(words) or _("nobody")
