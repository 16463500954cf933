"""Whose figures a person may choose among, with their names: oneself, people, teams, the department."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kam.core.clock import business_date
from kam.core.periods import Period, month_of
from kam.core.sentences import listed
from kam.users.models import Membership, Team, User
from kam.users.scopes import Reach, scope_of
from kam.users.terms import SELLERS, Position
from kpi.measures.permissions import can_see_figures, reach_of
from kpi.measures.rules import DEPARTMENT, Holder, holder_named, month_named, months_before, name_of
from kpi.measures.terms import Kind

#: Months that a page offers.
MONTHS_OFFERED = 24


@dataclass(frozen=True, slots=True)
class Named:
    """A holder and what it is called."""

    holder: Holder
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What a page of figures is about: whose, which month, and what else could be chosen."""

    holder: Holder
    label: str
    month: Period
    holders: list[Named]
    months: list[Period]

    @property
    def options(self) -> SafeString:
        """The holders as options of a form, put together at once: a department has hundreds."""
        return SafeString(
            "".join(
                f'<option value="{named.holder.key}"{" selected" if named.is_chosen else ""}>{escape(named.label)}</option>'
                for named in self.holders
            )
        )

    @property
    def named(self) -> str:
        """The month as addresses name it."""
        return name_of(self.month)

    @property
    def query(self) -> str:
        """The state of the page as its address keeps it."""
        return f"?of={self.holder.key}&month={self.named}"


def holder_of(user: User) -> Holder:
    """Return whose figures a person answers for: a manager the teams, the director and above the department, else the own."""
    if user.position == Position.MANAGER:
        return Holder(Kind.TEAM, tuple(sorted(scope_of(user).team_ids)))
    if user.position in {Position.SPECIALIST, Position.TEAM_LEAD}:
        return Holder(Kind.PERSON, (user.pk,))
    return DEPARTMENT


def holders_seen_by(user: User) -> list[Named]:
    """Return what a person may choose: two or three statements, however many people."""
    reach = reach_of(user)
    found = [Named(DEPARTMENT, _("Department"))] if reach is Reach.DEPARTMENT else []
    teams = Team.objects.order_by("name", "pk")
    people = User.objects.working().filter(position__in=[p.value for p in SELLERS]).order_by("staff_number")
    if reach is not Reach.DEPARTMENT:
        ids = scope_of(user).team_ids if reach is Reach.TEAM else ()
        members = Membership.objects.on(business_date()).filter(team__in=ids).values("user")
        teams, people = teams.filter(pk__in=ids), people.filter(pk__in=members) | people.filter(pk=user.pk)
    found += [Named(Holder(Kind.TEAM, (pk,)), name) for pk, name in teams.values_list("pk", "name")]
    return found + [Named(Holder(Kind.PERSON, (pk,)), name) for pk, name in people.values_list("pk", "name")]


def name_of_holder(holder: Holder) -> str:
    """Return what a holder is called."""
    if holder.kind is Kind.DEPARTMENT:
        return _("Department")
    rows: Iterable[Any] = (User if holder.kind is Kind.PERSON else Team).objects.filter(pk__in=holder.ids)
    return listed(rows.order_by("pk")) or "–"  # type: ignore[attr-defined]  # a queryset


def team_ids_on(person_id: int, period: Period) -> tuple[int, ...]:
    """Return the teams a person belonged to or led on the last day of a period."""
    rows = Membership.objects.on(min(period.last, business_date())).filter(user=person_id)
    led = Team.objects.filter(lead=person_id) | Team.objects.filter(manager=person_id)
    return tuple(rows.values_list("team", flat=True)) or tuple(led.values_list("pk", flat=True))


def seen_holder_or_404(user: User, text: str, period: Period) -> Holder:
    """Return the holder that an address names, if this person may read its figures."""
    holder = holder_named(text)
    if holder is None:
        raise Http404
    teams = team_ids_on(holder.ids[0], period) if holder.kind is Kind.PERSON else ()
    if not can_see_figures(user, holder, teams):
        raise Http404
    return holder


def choose(user: User, *, of: str, month: str) -> Choice:
    """Read whose figures of which month a page shows; by default the own of this month."""
    this = month_of(business_date())
    period = month_named(month) or this
    holders = holders_seen_by(user)
    own = holder_of(user)
    start = own if any(named.holder == own for named in holders) else holders[0].holder
    holder = seen_holder_or_404(user, of, period) if of else start
    label = next((named.label for named in holders if named.holder == holder), "") or name_of_holder(holder)
    offered = months_before(this, MONTHS_OFFERED)[::-1]
    marked = [Named(named.holder, named.label, named.holder == holder) for named in holders]
    return Choice(holder, label, period, marked, offered if period in offered else [*offered, period])
