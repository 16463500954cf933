"""What a writing begins with: the figures of its period beside the targets, names of what was won and lost, voices of the market."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import reduce

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.units.models import KeyAccount
from kam.core.periods import Period
from kam.core.sentences import followed
from kam.users.models import User
from kpi.measures.holders import holder_of
from kpi.measures.registry import measure
from kpi.measures.rules import Holder, name_of, periods_holding, year_of
from kpi.measures.selectors import facts_behind, figures
from kpi.measures.terms import Unit
from kpi.targets.selectors import plans_of
from kpi.targets.terms import TARGETED
from kpi.writings.terms import SECTIONS, Kind
from visits.visits.models import Visit

#: The figures that every report begins with.
FIGURES = (
    "sales.actual",
    "contracts.received",
    "units.developed",
    "visits.held",
    "calls.made",
    "trips.days",
    "units.lost",
    "complaints.valid",
)
#: At most so many names or voices of one sort.
MOST = 12


@dataclass(frozen=True, slots=True)
class About:
    """Whose writing about which period begins."""

    user: User
    holder: Holder
    period: Period


def prefilled(kind: Kind, period: Period, user: User) -> dict[str, str]:
    """Return part → text to begin with, in the author's language; parts that only a person can write stay empty."""
    about = About(user, holder_of(user), period)
    return {key: _FILLED[key](about) if key in _FILLED else "" for key in SECTIONS[kind]}


def _say(key: str, amount: Decimal) -> str:
    return f"{amount:,.2f}" if measure(key).unit is Unit.MONEY else f"{amount.normalize():f}"


def _told(label: object, text: object) -> str:
    return _("%(label)s: %(text)s") % {"label": label, "text": text}


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _reached(about: About) -> str:
    """Figures beside their targets."""
    plans = plans_of(TARGETED, about.period)
    lines = []
    for key in FIGURES:
        actual, planned = figures(key, about.period).of(about.holder), plans.of(key, about.holder)
        line = _told(measure(key).label, _say(key, actual))
        lines.append(
            line
            if planned is None
            else _("%(line)s of %(planned)s planned") % {"line": line, "planned": _say(key, planned)}
        )
    return _lines(lines)


def _month(about: About) -> str:
    """Figures, and what customers said about competitors and the trade."""
    rows = (
        Visit.objects.filter(user=about.user, business_date__range=(about.period.first, about.period.last))
        .exclude(competitor_use="", industry_news="")
        .select_related("unit")
        .order_by("-business_date")[:MOST]
    )
    voices = [
        _told(visit.unit.name, reduce(followed, filter(None, (visit.competitor_use, visit.industry_news))))
        for visit in rows
    ]
    heard = ["", _("Heard from customers:"), _lines(voices)] if voices else []
    return "\n".join([_reached(about), *heard])


def _next(about: About) -> str:
    """Targets of the period that follows, and visits planned for it."""
    following = _following(about.period)
    plans = plans_of(TARGETED, following)
    lines = [
        _told(measure(key).label, _say(key, planned))
        for key in TARGETED
        if (planned := plans.of(key, about.holder)) is not None
    ]
    visits = figures("visits.planned", following).of(about.holder)
    if visits:
        lines.append(_told(measure("visits.planned").label, _say("visits.planned", visits)))
    return _lines(lines)


def _following(period: Period) -> Period:
    """Return the month, quarter or year that follows one."""
    place = periods_holding(period.first).index(period)
    return periods_holding(period.last + timedelta(days=1))[place]


def _problems(about: About) -> str:
    """Units lost and complaints found valid."""
    return _named(about, ("units.lost", "complaints.valid"))


def _cases(about: About) -> str:
    """Units developed and deals closed."""
    return _named(about, ("units.developed", "sales.deals"))


def _named(about: About, keys: Iterable[str]) -> str:
    return _lines(
        _told(measure(key).label, f"{fact.label} ({fact.day.isoformat()})")
        for key in keys
        for fact in facts_behind(key, about.holder, about.period, limit=MOST)
    )


def _goals(about: About) -> str:
    """Targets of the year."""
    plans = plans_of(TARGETED, about.period)
    return _lines(
        _told(measure(key).label, _say(key, planned))
        for key in TARGETED
        if (planned := plans.of(key, about.holder)) is not None
    )


def _last_year(about: About) -> str:
    """What the year before came to."""
    before = year_of(about.period.first - timedelta(days=1))
    return f"{name_of(before)}\n{_reached(About(about.user, about.holder, before))}"


def _tiers(about: About) -> str:
    """How many units of each tier there are."""
    del about
    rows = KeyAccount.objects.exclude(tier="").values("tier").order_by("tier").annotate(n=Count("pk"))
    return _lines(_told(row["tier"], row["n"]) for row in rows)


_FILLED: dict[str, Callable[[About], str]] = {
    "month": _month,
    "forecast": _next,
    "problems": _problems,
    "done": _reached,
    "cases": _cases,
    "next": _next,
    "goals": _goals,
    "targets": _goals,
    "internal": _last_year,
    "who": _tiers,
}
