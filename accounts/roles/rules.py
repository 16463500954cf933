"""How well the people who decide a purchase are covered: four seats of 25 points, each loss with its reason.

A seat that nobody has is worth nothing. A seat loses points where its holder is only assumed, was never seen or not for a long
time, or does not support us. Of several holders the best one counts. What is left of the seats adds up to the score; see
docs/domain/red_flags.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from accounts.persons.terms import Attitude, Confidence
from accounts.roles.terms import Loss, Seat

SEAT_POINTS = 25
FULL_SCORE = SEAT_POINTS * len(Seat)
LOSSES: Mapping[Loss, int] = {
    Loss.NOBODY: SEAT_POINTS,
    Loss.ASSUMED: 5,
    Loss.NEVER_SEEN: 10,
    Loss.SILENT: 8,
    Loss.ATTITUDE_UNKNOWN: 4,
    Loss.NEUTRAL: 3,
    Loss.OPPOSES: 6,
}
_BY_ATTITUDE = {
    Attitude.UNKNOWN: Loss.ATTITUDE_UNKNOWN,
    Attitude.NEUTRAL: Loss.NEUTRAL,
    Attitude.OPPOSES: Loss.OPPOSES,
}


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a seat, with what the score asks of them."""

    person_id: int
    name: str
    confidence: Confidence
    attitude: Attitude
    seen_on: date | None
    post: str = ""
    style: str = ""
    influence: int | None = None
    insider: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """Points that a seat lost, and why; `days` since the holder was seen, where that is the reason."""

    loss: Loss
    points: int
    days: int | None = None


@dataclass(frozen=True, slots=True)
class SeatScore:
    """A seat: whom it counts, the others who share it, and what it lost."""

    seat: Seat
    holder: Holder | None
    others: tuple[Holder, ...]
    lost: tuple[Lost, ...]

    @property
    def points(self) -> int:
        return SEAT_POINTS - sum(loss.points for loss in self.lost)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The four seats; the score is their sum."""

    seats: tuple[SeatScore, ...]
    seen_within_days: int = 0

    @property
    def score(self) -> int:
        return sum(seat.points for seat in self.seats)

    @property
    def empty(self) -> tuple[Seat, ...]:
        return tuple(seat.seat for seat in self.seats if seat.holder is None)

    @property
    def opposing(self) -> int:
        return sum(1 for seat in self.seats if any(lost.loss is Loss.OPPOSES for lost in seat.lost))


def coverage(holders: Mapping[Seat, Iterable[Holder]], *, today: date, seen_within_days: int) -> Coverage:
    """Score the four seats as of `today`; who was seen more than `seen_within_days` ago counts as silent."""
    return Coverage(
        tuple(
            _seat(seat, list(holders.get(seat, ())), today=today, seen_within_days=seen_within_days)
            for seat in Seat
        ),
        seen_within_days,
    )


def _seat(seat: Seat, holders: list[Holder], *, today: date, seen_within_days: int) -> SeatScore:
    if not holders:
        return SeatScore(seat, None, (), (_lost(Loss.NOBODY),))
    scored = [(losses(h, today=today, seen_within_days=seen_within_days), h) for h in holders]
    scored.sort(
        key=lambda pair: (sum(lost.points for lost in pair[0]), -(pair[1].influence or 0), pair[1].person_id)
    )
    lost, best = scored[0]
    return SeatScore(seat, best, tuple(holder for _lost_points, holder in scored[1:]), lost)


def losses(holder: Holder, *, today: date, seen_within_days: int) -> tuple[Lost, ...]:
    """Return what a holder costs their seat, in the order it is told."""
    found = []
    if holder.confidence == Confidence.ASSUMED:
        found.append(_lost(Loss.ASSUMED))
    if holder.seen_on is None:
        found.append(_lost(Loss.NEVER_SEEN))
    elif (days := (today - holder.seen_on).days) > seen_within_days:
        found.append(Lost(Loss.SILENT, LOSSES[Loss.SILENT], days))
    if holder.attitude in _BY_ATTITUDE:
        found.append(_lost(_BY_ATTITUDE[holder.attitude]))
    return tuple(found)


def _lost(loss: Loss) -> Lost:
    return Lost(loss, LOSSES[loss])
