"""The inbox as one object: tabs, chips, the list, the open card and its neighbours."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kam.approvals.cards import Card, cards_for
from kam.approvals.models import Decision, Request
from kam.approvals.registry import all_subjects
from kam.approvals.selectors import with_rounds
from kam.approvals.terms import CLOSING_ACTIONS, RequestState
from kam.users.models import User

PAGE = 100


class View(StrEnum):
    """The tabs of the inbox."""

    WAITING = "waiting"
    DECIDED = "decided"
    RETURNED = "returned"
    MINE = "mine"


VIEW_LABELS = {
    View.WAITING: _("Waiting"),
    View.DECIDED: _("Decided by me"),
    View.RETURNED: _("Returned"),
    View.MINE: _("Asked by me"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter: subjects of one group, with their number."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Inbox:
    """Everything the page draws."""

    view: View
    tabs: list[tuple[View, Any, str]]
    group: str
    chips: list[Chip]
    cards: list[Card]
    total: int
    open: Card | None
    position: int
    previous: int | None
    next: int | None
    older: int | None
    for_others: int

    @property
    def bulk(self) -> list[Card]:
        """Return the cards that may be approved together."""
        return [card for card in self.cards if card.can_decide and card.subject and card.subject.bulk]

    @property
    def longest(self) -> Card | None:
        return self.cards[0] if self.view is View.WAITING and self.cards else None


def inbox_of(
    user: User,
    *,
    view: str = "",
    group: str = "",
    opened: int | None = None,
    before: int | None = None,
) -> Inbox:
    """Read the inbox in a fixed number of queries."""
    chosen = View(view) if view in View.__members__.values() else View.WAITING
    rows = _rows(user, chosen)
    subjects = Counter(rows.values_list("subject_key", flat=True))
    chips = _chips(subjects)
    wanted = group_key(group) if group_key(group) in {chip.key for chip in chips} else ""
    keys = [key for key in subjects if not wanted or group_key(key) == wanted]
    found = _page(rows.filter(subject_key__in=keys), chosen, before)
    cards = cards_for(user, with_rounds(found[:PAGE]))
    if chosen is not View.WAITING:
        cards.sort(key=lambda card: -card.request.pk)
    index = _index(cards, opened)
    return Inbox(
        view=chosen,
        tabs=[(tab, VIEW_LABELS[tab], _count_text(user, tab)) for tab in View],
        group=wanted,
        chips=chips,
        cards=cards,
        total=sum(count for key, count in subjects.items() if key in keys),
        open=cards[index] if cards else None,
        position=index + 1 if cards else 0,
        previous=cards[index - 1].request.pk if index > 0 else None,
        next=cards[index + 1].request.pk if index + 1 < len(cards) else None,
        older=min(found[:PAGE]) if len(found) > PAGE else None,
        for_others=sum(1 for card in cards if card.acting_for),
    )


def group_key(subject_key: str) -> str:
    """Return the key of the chip: the first subject of the same group."""
    subjects = all_subjects()
    if subject_key not in subjects or not subjects[subject_key].group:
        return subject_key
    group = str(subjects[subject_key].group)
    return next(key for key, subject in sorted(subjects.items()) if str(subject.group) == group)


def _chips(subjects: Counter[str]) -> list[Chip]:
    counts: Counter[str] = Counter()
    for key, count in subjects.items():
        counts[group_key(key)] += count
    known = all_subjects()
    return [
        Chip(key, str((known[key].group or known[key].label) if key in known else key), count)
        for key, count in sorted(counts.items())
    ]


def _rows(user: User, view: View) -> QuerySet[Request]:
    if view is View.WAITING:
        return Request.objects.waiting_for(user).order_by()
    visible = Request.objects.visible_to(user).order_by()
    if view is View.MINE:
        return visible.filter(requester=user)
    decided = Decision.objects.filter(person=user, action__in=CLOSING_ACTIONS)
    rows = visible.filter(pk__in=decided.values("request"))
    return rows.filter(state=RequestState.RETURNED) if view is View.RETURNED else rows


def _page(rows: QuerySet[Request], view: View, before: int | None) -> list[int]:
    if view is View.WAITING:
        return list(rows.order_by("pending_since", "pk").values_list("pk", flat=True)[: PAGE + 1])
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk").values_list("pk", flat=True)[: PAGE + 1])


def _index(cards: list[Card], opened: int | None) -> int:
    """Return which card is open: the asked one, else the first."""
    return next((n for n, card in enumerate(cards) if card.request.pk == opened), 0)


def _count_text(user: User, view: View) -> str:
    if view not in {View.WAITING, View.RETURNED}:
        return ""
    count = _rows(user, view)[: PAGE + 1].count()
    if not count:
        return ""
    return f"{PAGE}+" if count > PAGE else str(count)
