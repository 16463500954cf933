"""Who is away, and who acts for whom: asked by approvals and digests, one statement each."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from kam.core.once import shared
from kam.core.prepared import Prepared, blank
from kam.people.models import Absence
from kam.people.rules import Norm, StaffingGap, TeamShape, short_of, staffing_gaps
from kam.people.terms import AbsenceKind
from kam.settings_rows.selectors import settings_of
from kam.users.models import Membership, Team, User


def on_leave(day: date) -> set[int]:
    """Return the ids of everybody on leave that day; they get no digests."""
    return set(Absence.objects.on(day).filter(kind=AbsenceKind.LEAVE).values_list("user_id", flat=True))


_absences = Prepared(lambda: Absence.objects.on(blank("day")).select_related("user", "substitute"))


def absences_on(day: date) -> list[Absence]:
    """Return everybody's absences of that day with person and substitute; one page or digest asks once."""
    return shared(("absences", day), lambda: _absences(day=day))


def substitutes_on(day: date) -> list[tuple[int, int]]:
    """Return (absent, substitute) for that day: confirmed where that was needed, both still working here."""
    return [(row.user_id, row.substitute.pk) for row in absences_on(day) if row.substitute and _may_act(row)]


def stands_in_for(day: date) -> dict[int, list[User]]:
    """Return substitute → the people they stand in for that day, for the section in the substitute's digest."""
    found: dict[int, list[User]] = defaultdict(list)
    for row in absences_on(day):
        if row.substitute is not None and _may_act(row):
            found[row.substitute.pk].append(row.user)
    return dict(found)


def _may_act(row: Absence) -> bool:
    """Say whether the substitute decides: agreed on where that was needed, and both still work here."""
    both = row.user.is_active and row.substitute is not None and row.substitute.is_active
    return both and row.is_decided


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A team as the department page shows it."""

    team: Team
    industries: list[str]
    people: list[User]
    gaps: list[StaffingGap]


@dataclass(frozen=True, slots=True)
class Department:
    """Everybody who works here: the heads, the teams with their gaps, the others; and how many salespeople are missing."""

    teams: list[TeamCard]
    others: list[User]
    norm: Norm
    short: int


def department() -> Department:
    """Return the department as it stands today; four statements however many teams."""
    values = settings_of("staffing_teams", "staffing_industries_a_team", "staffing_people_an_industry")
    teams_wanted, industries_a_team, people_an_industry = (int(value) for value in values.values())
    norm = Norm(teams_wanted, industries_a_team, people_an_industry)
    teams = list(Team.objects.select_related("lead", "manager").prefetch_related("industries"))
    people: dict[int, list[User]] = defaultdict(list)
    memberships = Membership.objects.filter(ended_on=None, user__is_active=True).select_related("user")
    for membership in memberships.order_by("user__staff_number"):
        people[membership.team_id].append(membership.user)
    cards = []
    shapes = []
    for team in teams:
        shape = TeamShape(len(people[team.pk]), len(team.industries.all()), team.lead_id is not None)
        shapes.append(shape)
        cards.append(
            TeamCard(
                team, [i.name for i in team.industries.all()], people[team.pk], staffing_gaps(shape, norm)
            )
        )
    placed = {user.pk for members in people.values() for user in members}
    others = [user for user in User.objects.working().order_by("staff_number") if user.pk not in placed]
    return Department(cards, others, norm, short_of(norm, shapes))
