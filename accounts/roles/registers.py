"""What roles give to the frames: the threshold of silence, the card of role coverage on the record."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.persons.labels import ATTITUDE_LABELS, STYLE_LABELS
from accounts.persons.terms import Attitude, Confidence, Insider, Style
from accounts.roles.labels import LOSS_LABELS, SEAT_LABELS, SEAT_QUESTIONS
from accounts.roles.rules import FULL_SCORE, SEAT_POINTS, SeatScore
from accounts.roles.selectors import SEEN_WITHIN, advice_for, coverage_now, scores_of
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from accounts.units.registry import (
    HeadFact,
    Panel,
    register_beside,
    register_head_fact,
    register_panel,
)
from kam.core.clock import business_date
from kam.settings_rows.registry import define
from kam.users.models import User

define(
    SEEN_WITHIN,
    60,
    label=_("Days after which the holder of a role counts as silent"),
    unit=_("days"),
    group=_("Role coverage"),
)
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
        _("Role coverage"), str(covered.score), of=f"/ {FULL_SCORE}", hint=", ".join(hints), url="#cov"
    )


register_panel(
    Panel("coverage", _("Role coverage"), 20, "accounts/roles/_card.html", _panel, place="overview")
)
register_head_fact("coverage", 10, _head)


register_beside("coverage", lambda units, _user: scores_of(units, today=business_date()))
