"""What a spreadsheet of targets may name, its headings in every language, and the rows of the template."""

from collections import Counter
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import override

from accounts.units.models import KeyAccount
from kam.core.clock import business_date
from kam.users.models import Membership, Team, User
from kam.users.scopes import colleagues_seen_by, teams_seen_by
from kam.users.terms import SELLERS
from kpi.measures.registry import measure
from kpi.measures.rules import DEPARTMENT, Holder
from kpi.measures.terms import Kind, Over
from kpi.targets.labels import COLUMN_LABELS
from kpi.targets.models import Target
from kpi.targets.permissions import can_set_target_of
from kpi.targets.rules.sheets import Known
from kpi.targets.terms import TARGETED, Column


def headings() -> dict[str, Column]:
    """Return heading, in any language of the house → column."""
    found: dict[str, Column] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found |= {str(label).casefold(): column for column, label in COLUMN_LABELS.items()}
    return found


def known_for(user: User) -> Known:
    """Return what a file of this person may name; a fixed number of statements."""
    people = list(_people(user))
    teams = list(teams_seen_by(user))
    in_teams = _teams_of(people)
    own_people = {one.pk for one in people if _may_set(user, Kind.PERSON, one.pk, in_teams.get(one.pk, ()))}
    own_teams = {team.pk for team in teams if _may_set(user, Kind.TEAM, team.pk, ())}
    names = Counter(one.name for one in people)
    named = {one.name.casefold(): one.pk for one in people if names[one.name] == 1}
    return Known(
        measures=_measures(),
        flows=frozenset(key for key in TARGETED if measure(key).over is Over.FLOW),
        people=named | {one.staff_number.casefold(): one.pk for one in people},
        teams={team.name.casefold(): team.pk for team in teams},
        units={
            name.casefold(): pk for name, pk in KeyAccount.objects.visible_to(user).values_list("name", "pk")
        },
        own_people=frozenset(own_people),
        own_teams=frozenset(own_teams),
        is_whole=can_set_target_of(user, DEPARTMENT),
        taken=frozenset(
            Target.objects.values_list("year", "measure", "person", "team", "unit", "area", "product")
        ),
    )


def _people(user: User) -> Iterator[User]:
    return colleagues_seen_by(user).filter(position__in=[p.value for p in SELLERS]).iterator()


def _teams_of(people: list[User]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    rows = Membership.objects.on(business_date()).filter(user__in=[one.pk for one in people])
    for person, team in rows.values_list("user", "team"):
        found[person] = (*found.get(person, ()), team)
    led = Team.objects.filter(lead__in=[one.pk for one in people]).values_list("lead", "pk")
    return {lead or 0: (pk,) for lead, pk in led} | found


def _may_set(user: User, kind: Kind, pk: int, team_ids: tuple[int, ...]) -> bool:
    return can_set_target_of(user, Holder(kind, (pk,)), team_ids)


def _measures() -> dict[str, str]:
    """Return what a file may call a measure → its key: the key itself, or its name in any language."""
    found = {key.casefold(): key for key in TARGETED}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found |= {str(measure(key).label).casefold(): key for key in TARGETED}
    return found


def template_rows(user: User) -> list[list[str | int]]:
    """Return a row for each person and team whose sales target of the next year this person sets, still without an amount."""
    known, year = known_for(user), business_date().year + 1
    label, places = str(measure(TARGETED[0]).label), list(Column)
    rows: list[list[str | int]] = []
    for column, names in ((Column.PERSON, _staff_numbers(known)), (Column.TEAM, _team_names(known))):
        for name in names:
            row: list[str | int] = [""] * len(places)
            row[:2] = [year, label]
            row[places.index(column)] = name
            rows.append(row)
    return rows


def _staff_numbers(known: Known) -> list[str]:
    rows = User.objects.filter(pk__in=known.own_people).order_by("staff_number")
    return list(rows.values_list("staff_number", flat=True))


def _team_names(known: Known) -> list[str]:
    return list(Team.objects.filter(pk__in=known.own_teams).order_by("name").values_list("name", flat=True))
