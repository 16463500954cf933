"""What roles give to the frames: the threshold of silence, the card of role coverage on the record."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.persons.labels import ATTITUDE_LABELS, STYLE_LABELS
from accounts.persons.terms import Attitude, Confidence, Insider, Style
from accounts.roles.labels import LOSS_LABELS, SEAT_LABELS, SEAT_QUESTIONS
from accounts.roles.rules import FULL_SCORE, SEAT_POINTS, Coverage, SeatScore, coverage
from accounts.roles.selectors import SEEN_WITHIN, advice_for, coverage_now, met_asked, seats_of
from accounts.roles.terms import Seat
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from accounts.units.registry import (
    HeadFact,
    Panel,
    register_beside,
    register_head_fact,
    register_panel,
    register_reading,
)
from kam.core.clock import business_date
from kam.core.sentences import labelled, listed, parted
from kam.settings_rows.registry import define
from kam.settings_rows.selectors import setting_asked
from kam.users.models import User

define(
    SEEN_WITHIN,
    60,
    label=_("Days after which the holder of a role counts as silent"),
    unit=_("days"),
    group=_("Role coverage"),
)
#: A seat is known by its shape, as on the card; the sign and the colour tell the attitude.
_SHAPES = {
    Seat.DECISION_MAKER: mark_safe('<path class="shp" d="M16 2 30 16 16 30 2 16z"/>'),
    Seat.TECHNICAL: mark_safe('<path class="shp" d="M9.5 3.5h13L30 16l-7.5 12.5h-13L2 16z"/>'),
    Seat.FINANCIAL: mark_safe('<rect class="shp" x="4" y="4" width="24" height="24" rx="3"/>'),
    Seat.USER: mark_safe('<circle class="shp" cx="16" cy="16" r="13"/>'),
}
_MARK = '<svg class="k-role s {}{}" viewBox="0 0 32 32">{}<text class="sg" x="16" y="20.8">{}</text></svg>'
_MARK_ALONE = '<svg class="k-role s" viewBox="0 0 32 32" aria-hidden="true">{}</svg>'
_TONES = {Attitude.SUPPORTS: ("pos", "+"), Attitude.NEUTRAL: ("neu", "="), Attitude.OPPOSES: ("neg", "−")}


def _seat(score: SeatScore) -> dict[str, Any]:
    """Return what the card shows of a seat."""
    holder = score.holder
    tone, sign = _TONES.get(holder.attitude, ("", "?")) if holder else ("open", "!")
    return {
        "seat": str(score.seat),
        "label": SEAT_LABELS[score.seat],
        "question": SEAT_QUESTIONS[score.seat],
        "holder": holder,
        "others": score.others,
        "points": score.points,
        "lost": [(LOSS_LABELS[lost.loss], lost.points, lost.days) for lost in score.lost],
        "tone": tone,
        "sign": sign,
        "attitude": ATTITUDE_LABELS[holder.attitude] if holder else "",
        "style": STYLE_LABELS[Style(holder.style)] if holder and holder.style else "",
        "is_assumed": holder is not None and holder.confidence == Confidence.ASSUMED,
        "is_insider": holder is not None and holder.insider == Insider.INSIDER,
        "advice": advice_for(seats=[score.seat], style=holder.style) if holder else [],
    }


def _panel(unit: KeyAccount, user: User) -> dict[str, Any]:
    covered = coverage_now(unit)
    return {
        "seats": [_seat(score) for score in covered.seats],
        "score": covered.score,
        "full": FULL_SCORE,
        "seat_points": SEAT_POINTS,
        "silent_days": covered.seen_within_days,
        "unit": unit,
        "can_edit": can_edit_unit(user, unit),
    }


def _head(unit: KeyAccount, _user: User) -> HeadFact:
    covered = coverage_now(unit)
    empty, opposing = len(covered.empty), covered.opposing
    hints = []
    if empty:
        hints.append(ngettext("%(n)s empty seat", "%(n)s empty seats", empty) % {"n": empty})
    if opposing:
        hints.append(ngettext("%(n)s opposes", "%(n)s oppose", opposing) % {"n": opposing})
    return HeadFact(
        _("Role coverage"), str(covered.score), of=f"/ {FULL_SCORE}", hint=listed(hints), url="#cov"
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """What the list of units shows of the coverage: its score, the seats as marks, the seats in words for a file."""

    score: int
    marks: SafeString
    words: str


def _beside(units: list[int], _user: User) -> dict[int, Shown]:
    """Return what each unit's line shows; a unit without any role has four empty seats."""
    today = business_date()
    covered = seats_of(units, today=today)
    nobody = _shown(coverage({}, today=today, seen_within_days=0))
    return {unit: _shown(covered[unit]) if unit in covered else nobody for unit in units}


def _shown(covered: Coverage) -> Shown:
    seats = tuple(
        (s.seat, s.holder and s.holder.attitude, bool(s.holder and s.holder.confidence == Confidence.ASSUMED))
        for s in covered.seats
    )
    marks, words = _drawn(seats, get_language() or "en")
    return Shown(covered.score, marks, words)


@lru_cache(maxsize=4096)
def _drawn(seats: tuple[tuple[Seat, Attitude | None, bool], ...], language: str) -> tuple[SafeString, str]:
    """Return four seats as marks and in words: few combinations, so that a page of units draws each of them once."""
    del language  # a part of the cache's key: the labels are read in the active one
    words = parted(_words(*seat) for seat in seats)
    marks = format_html_join("", _MARK, (_mark(*seat) for seat in seats))
    return format_html('<span class="seats" role="img" title="{}">{}</span>', words, marks), words


def _mark(seat: Seat, attitude: Attitude | None, is_assumed: bool) -> tuple[Any, ...]:
    tone, sign = _TONES.get(attitude, ("", "?")) if attitude is not None else ("open", "!")
    return tone, " assumed" if is_assumed else "", _SHAPES[seat], sign


def _words(seat: Seat, attitude: Attitude | None, is_assumed: bool) -> str:
    told = ATTITUDE_LABELS[attitude] if attitude is not None else _("Empty seat")
    words = labelled(SEAT_LABELS[seat], told)
    return listed((words, _("assumed"))) if is_assumed else words


register_panel(
    Panel("coverage", _("Role coverage"), 20, "accounts/roles/_card.html", _panel, place="overview")
)
register_head_fact("coverage", 10, _head)
register_reading("met", lambda unit, _user: met_asked(unit, until=business_date()))
register_reading("seen_within", lambda _unit, _user: setting_asked(SEEN_WITHIN, on=business_date()))


def _legend() -> SafeString:
    """Return what shapes and signs of the seats mean, as a line below the list."""
    shapes = ((_MARK_ALONE, _SHAPES[seat], SEAT_LABELS[seat]) for seat in _SHAPES)
    drawn = ((format_html(mark, shape), label) for mark, shape, label in shapes)
    signs = [(sign, ATTITUDE_LABELS[attitude]) for attitude, (_tone, sign) in _TONES.items()]
    signs += [("?", ATTITUDE_LABELS[Attitude.UNKNOWN]), ("!", _("Empty seat")), ("┄", _("assumed"))]
    return format_html(
        "{}{}",
        format_html_join("", "<span>{} {}</span>", drawn),
        format_html_join("", "<span><b>{}</b> {}</span>", signs),
    )


register_beside("seats", _beside, legend=_legend)
register_beside("coverage", _beside)
