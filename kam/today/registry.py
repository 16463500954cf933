"""What rooms show on the Today page and in the digests.

Everything here is asked for many people at once: `collect` gets all users and the day, runs a *fixed* number of queries however
many they are, and returns user id → what the section's template gets as `data`. People absent from the answer have nothing to show.
A section costs no statement at all when it reads through an `Ask` (kam/today/asks.py) and names it among its `asks`:

    WAITING = Ask("complaints.waiting", lambda people, _day: Complaint.objects.waiting().filter(owner__any_of=people), attrgetter("owner_id"))
    register_section(Section(key="complaints", collect=lambda users, day: WAITING(users, day), asks=(WAITING,), …))
A section must only tell a person what `visible_to` that person would: mind the team's rows of leads and managers.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from kam.today.asks import Ask, Wanted
from kam.today.terms import Exit, Place, Slot
from kam.users.models import User
from kam.users.terms import SELLERS, Position

Collect = Callable[[Sequence[User], date], Mapping[int, Any]]
Wants = Callable[[Sequence[User], date], Sequence[Wanted]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One block: `template` gets `data`, `user`, `day` and `exit`; `text(data)` is the same in plain lines for the mail.

    `template` draws the inside of a card; heading and frame come from the page. In digests `digest_template` is used where given
    (no forms, no buttons there). `summary(data)` is a few words for the head of the page ("4 visits"). `empty` is said on the Today
    page when there is nothing; without it the section is left out then. `positions` None means everybody. A `bare` section gets no
    card around it (the timeline), a banner never does. What is not `mailed` stays in KAM: no birthdays in mails. `asks` are read for
    the section's people and day before `collect` is called, together with those of all other sections, in one statement; `wants` is for
    asks that concern other people or days.
    """

    key: str
    label: Any
    order: int
    collect: Collect
    template: str
    text: Callable[[Any], str]
    slots: Collection[str] = (Exit.TODAY,)
    positions: Collection[Position] | None = None
    digest_template: str = ""
    place: Place = Place.MAIN
    summary: Callable[[Any], str] | None = None
    empty: Any = ""
    #: Say `empty` in digests too: a short digest that is silent about its main thing would leave a doubt.
    says_nothing_due: bool = False
    bare: bool = False
    mailed: bool = True
    asks: Sequence[Ask[Any]] = ()
    wants: Wants | None = None

    def wanted(self, users: Sequence[User], day: date) -> list[Wanted]:
        """Return what `collect` will ask for these people and this day."""
        people = frozenset(user.pk for user in users)
        mine = [Wanted(ask, day, people) for ask in self.asks]
        return [*mine, *self.wants(users, day)] if self.wants else mine

    def is_for(self, user: User, exit_: Exit) -> bool:
        """Say whether this person gets this section there."""
        return exit_ in self.slots and (self.positions is None or user.position in self.positions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something each person owes for a day: the week's plan, the follow-up form.

    `kept(users, day)` returns the ids of those who did it; a `Tally` is read together with the others. In a digest and on Today a
    person reads what is missing with a link to `url(day)`; leads, managers and the director read who it is missing from.
    With `due_at`, nothing is missing on the Today page before that hour of the reader's clock: it says `upcoming` until then.
    """

    key: str
    label: Any
    order: int
    kept: Callable[[Sequence[User], date], Collection[int]]
    url: Callable[[date], str]
    missing: Any
    slots: Collection[str] = (Exit.TODAY, Exit.FOLLOWUP)
    positions: Collection[Position] = SELLERS
    #: Which day the duty is about, seen from the digest's day: 0 the same, 1 the next working day.
    working_days_ahead: int = 0
    due_at: Slot | None = None
    upcoming: Any = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number per person and day for the table of the team: visits planned, visits held, calls.

    `count(users, day)` returns user id → number; absent is 0. A `Tally` is read together with the others. `goal` is the quota, where there is one.
    """

    key: str
    label: Any
    order: int
    count: Callable[[Sequence[User], date], Mapping[int, int]]
    slots: Collection[str] = (Exit.TODAY, Exit.PLAN, Exit.FOLLOWUP)
    goal: Callable[[date], int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is due for a position that sells nothing: payables, materials, returns. `collect(users, day)` → id → [(text, url)].

    A text is collected for many readers at once and drawn for each: it is lazy (`kam.core.sentences.said_when_drawn`).

    `asks` are read with those of the sections, as there.
    """

    key: str
    positions: Collection[Position]
    collect: Callable[[Sequence[User], date], Mapping[int, Sequence[tuple[Promise, str]]]]
    asks: Sequence[Ask[Any]] = ()


_sections: dict[str, Section] = {}
_duties: dict[str, Duty] = {}
_figures: dict[str, Figure] = {}
_dues: dict[str, Due] = {}


def register_section(section: Section) -> None:
    """Add a section; a second one of the same key is refused."""
    _add(_sections, section.key, section)


def register_duty(duty: Duty) -> None:
    """Add a duty; a second one of the same key is refused."""
    _add(_duties, duty.key, duty)


def register_figure(figure: Figure) -> None:
    """Add a figure; a second one of the same key is refused."""
    _add(_figures, figure.key, figure)


def register_due(due: Due) -> None:
    """Add something that finance or the clerk reads when it is due; a second one of the same key is refused."""
    _add(_dues, due.key, due)


def dues(position: Position) -> list[Due]:
    """Return what may be due for a position, in a fixed order."""
    return [due for _key, due in sorted(_dues.items()) if position in due.positions]


def sections(exit_: Exit) -> list[Section]:
    """Return the sections of one exit in their order."""
    return sorted((s for s in _sections.values() if exit_ in s.slots), key=lambda s: (s.order, s.key))


def duties(exit_: Exit) -> list[Duty]:
    """Return the duties told at one exit in their order."""
    return sorted((d for d in _duties.values() if exit_ in d.slots), key=lambda d: (d.order, d.key))


def figures(exit_: Exit) -> list[Figure]:
    """Return the figures of one exit in their order."""
    return sorted((f for f in _figures.values() if exit_ in f.slots), key=lambda f: (f.order, f.key))


def _add(known: dict[str, Any], key: str, thing: Any) -> None:
    if key in known:
        raise ValueError(f"{type(thing).__name__} {key} is registered twice")
    known[key] = thing
