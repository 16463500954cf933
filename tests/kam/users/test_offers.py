"""Filters of lists offer only people and teams whose rows the reader may see (12-decisions 2)."""

import pytest

from kam.lists.spec import list_called
from kam.users.scopes import colleagues_seen_by, teams_seen_by

OWN_TEAM = {"owner", "same-team", "lead", "manager"}


def numbers(people):
    return {person.staff_number for person in people}


@pytest.mark.parametrize(
    ("who", "seen", "teams"),
    [
        ("owner", {"owner"}, set()),
        ("lead", OWN_TEAM - {"manager"}, {"Group 1"}),
        ("manager", OWN_TEAM, {"Group 1"}),
        ("finance", set(), set()),
        ("admin", set(), set()),
        ("gone", set(), set()),
    ],
)
def test_who_is_offered_to_whom(cast, who, seen, teams):
    user = getattr(cast, who)
    assert numbers(colleagues_seen_by(user)) == seen
    assert {team.name for team in teams_seen_by(user)} == teams


def test_the_director_is_offered_everybody_who_works_here(cast):
    found = numbers(colleagues_seen_by(cast.director))
    assert {"owner", "other-team", "other-manager", "director"} <= found
    assert "gone" not in found
    assert {team.name for team in teams_seen_by(cast.director)} == {"Group 1", "Group 2"}


@pytest.mark.parametrize("key", ["accounts.units", "accounts.flags", "visits.visits", "visits.followups"])
def test_the_panel_of_each_list_names_nobody_else(cast, client_of, key):
    url = list_called(key).url + "?panel=filter"
    theirs = client_of(cast.lead).get(url).content.decode()
    assert "Same-Team" in theirs
    assert "Other-Team" not in theirs
    assert "Group 2" not in theirs
    assert "Other-Team" in client_of(cast.director).get(url).content.decode()


def test_a_person_who_is_not_offered_is_no_condition(cast, client_of):
    """An address that names somebody else's colleague says so at the field and finds nothing of theirs."""
    page = client_of(cast.lead).get(f"/visits/?user={cast.other_team.pk}").content.decode()
    assert "Other-Team" not in page
