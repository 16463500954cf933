"""A short tour: what KAM is for in this person's day. Shown on Today in the first two weeks, later found in the menu."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from kam.core.frame import exists
from kam.users.models import User
from kam.users.terms import SELLERS, Position

NEW_FOR = timedelta(days=14)
_DECIDERS = frozenset(Position) - {Position.SPECIALIST, Position.CLERK, Position.ADMINISTRATOR}
_ADMINISTRATORS = frozenset({Position.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Stop:
    """One card: who sees it, what it says, where it leads."""

    icon: str
    title: Any
    text: Any
    url: str = ""
    link: Any = ""
    positions: Collection[Position] = frozenset(Position)


STOPS = (
    Stop(
        "settings",
        _("Set up the department"),
        _("People, teams, holidays, units: Today says what is still missing and leads there."),
        "/",
        _("Today"),
        _ADMINISTRATORS,
    ),
    Stop(
        "heartbeat",
        _("Keep it running"),
        _(
            "Operations shows whether work, mail and disk are well; messages that did not arrive wait there for you."
        ),
        "/ops/",
        _("Operations"),
        _ADMINISTRATORS,
    ),
    Stop(
        "sun",
        _("Today"),
        _(
            "The first page of the day: whom to meet, what is due, what waits for you. At 8:00 and 17:00 it also comes by mail."
        ),
        "/",
        _("Today"),
        frozenset(Position) - _ADMINISTRATORS,
    ),
    Stop(
        "calendar-week",
        _("Plan the week"),
        _(
            "Proposals beside the board say who is due. Drag a card, or hold it with m and the arrows; then submit the week."
        ),
        "/visits/week/",
        _("Plan the week"),
        SELLERS,
    ),
    Stop(
        "map-pin",
        _("Log a visit in a minute"),
        _(
            "＋ on the phone: whom you met, what came of it, one sentence. Without a connection it waits and is sent once."
        ),
        "/visits/new/",
        _("Log a visit"),
        SELLERS,
    ),
    Stop(
        "clipboard-check",
        _("Hand in the evening form"),
        _("At 17:00: what was done, what hinders, what is next. Most of it is filled in from your visits."),
        "/followups/new/",
        _("Follow-up form"),
        SELLERS,
    ),
    Stop(
        "checkbox",
        _("Decide"),
        _(
            "What waits for you stands in one inbox, frozen as it was submitted: approve, return, reject, each with a reason."
        ),
        "/approvals/",
        _("Approvals"),
        _DECIDERS,
    ),
    Stop(
        "beach",
        _("Away?"),
        _("Enter when you are on leave and who stands in; your decisions go there."),
        "/me/absences/",
        _("Absences and substitutes"),
    ),
)


def tour_of(user: User) -> list[Stop]:
    """Return the stops of this person's position whose page exists."""
    return [stop for stop in STOPS if user.position in stop.positions and exists(stop.url)]


def collect_tour(users: Sequence[User], day: date) -> Mapping[int, bool]:
    """Return whoever joined lately."""
    return {user.pk: True for user in users if day - user.joined_on < NEW_FOR}


def text_of_tour(_data: bool) -> str:
    return ""
