"""Two people edit the same row: whoever saves second gets 409, sees both texts, and can save again knowing what they replace."""

import re

import pytest

from accounts.needs.services import add_need, move_need
from accounts.needs.terms import NeedKind, NeedState
from accounts.persons.services import assess_person, edit_person
from accounts.units import services
from accounts.units.models import KeyAccount, Observation, StatusChange, TierChange
from accounts.units.services import observe
from accounts.units.terms import Field, Tier, UnitStatus
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from tests.factories.accounts import make_person, make_unit


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner, area="芦淞")


def version_in(html):
    return re.search(r'name="version" value="(\d*)"', html).group(1)


def row(html, label):
    """Return (yours, theirs) of a line of the table of differences, None where it stands not in it."""
    found = re.search(rf'<th scope="row">{re.escape(label)}</th><td>(.*?)</td><td>(.*?)</td>', html)
    return found and found.groups()


def contents(unit):
    counts = [model.objects.count() for model in (StatusChange, TierChange, Observation, AuditEntry)]
    return KeyAccount.objects.filter(pk=unit.pk).values().get(), counts


def test_a_stale_edit_shows_both_texts_and_saves_with_the_second_click(cast, client_of, unit):
    client, address = client_of(cast.owner), f"/accounts/{unit.pk}/edit/"
    services.edit_unit(unit, {"area": "石峰", "internal_website": "oa"}, by=cast.manager, version=1)
    before = contents(unit)
    told = {"name": "泉州商会", "channel": unit.channel, "area": "天元", "next_step_due_on": "2027-01-04"}
    stale = client.post(address, told | {"version": "1"})
    html = stale.content.decode()
    assert stale.status_code == 409
    assert row(html, "Area") == ("天元", "石峰")
    assert row(html, "Internal website") == ("–", "oa")
    assert row(html, "Name") is None
    assert contents(unit) == before
    again = client.post(address, told | {"version": version_in(html)})
    assert again.status_code == 302
    unit.refresh_from_db()
    assert (unit.area, unit.internal_website, unit.version) == ("天元", "", 3)


@pytest.mark.parametrize("version", ["1", "", "99", None])
@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("edit", {"name": "泉州商会总会", "channel": "chamber"}),
        ("status", {"to": "lost", "reason": "signed elsewhere", "on": "2026-06-02"}),
        ("tier", {"to": "A", "reason": "nine sets"}),
        ("owner", {"on": "2026-06-02", "reason": "leave"}),
    ],
)
def test_a_missing_or_stale_version_is_refused_and_nothing_changes(
    cast, client_of, unit, page, told, version
):
    services.edit_unit(unit, {"area": "石峰"}, by=cast.owner, version=1)
    if page == "owner":
        told = told | {"owner": cast.same_team.pk}
    before = contents(unit)
    body = told if version is None else told | {"version": version}
    answer = client_of(cast.manager).post(f"/accounts/{unit.pk}/{page}/", body)
    assert answer.status_code == 409
    assert contents(unit) == before
    again = client_of(cast.manager).post(
        f"/accounts/{unit.pk}/{page}/", told | {"version": version_in(answer.content.decode())}
    )
    assert again.status_code == 302


def test_a_status_moved_meanwhile_is_a_conflict_and_no_wrong_choice(cast, client_of, unit):
    services.change_status(unit, to=UnitStatus.LOST, by=cast.manager, reason="bankrupt", version=1)
    before = contents(unit)
    body = {"to": "developing", "on": business_date().isoformat(), "version": "1"}
    answer = client_of(cast.owner).post(f"/accounts/{unit.pk}/status/", body)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert row(html, "New status") == ("Developing", "Lost")
    assert contents(unit) == before


def test_a_tier_and_an_owner_changed_meanwhile_are_named(cast, client_of, unit):
    services.change_tier(unit, to=Tier.B, by=cast.manager, reason="six sets", version=1)
    client = client_of(cast.director)
    tier = client.post(f"/accounts/{unit.pk}/tier/", {"to": "A", "reason": "nine", "version": "1"})
    assert (tier.status_code, row(tier.content.decode(), "Tier")) == (409, ("A", "B"))
    services.change_owner(unit, owner=cast.same_team, by=cast.manager, reason="leave")
    body = {"owner": cast.lead.pk, "on": business_date().isoformat(), "reason": "x", "version": "2"}
    owner = client.post(f"/accounts/{unit.pk}/owner/", body)
    told = row(owner.content.decode(), "New owner")
    assert (owner.status_code, told) == (409, (str(cast.lead), str(cast.same_team)))


def test_a_unit_that_moved_away_meanwhile_tells_nothing_of_itself(cast, client_of, unit):
    services.change_owner(unit, owner=cast.other_team, by=cast.director, reason="transfer")
    services.edit_unit(unit, {"area": "secret place"}, by=cast.director)
    answer = client_of(cast.owner).post(f"/accounts/{unit.pk}/edit/", {"name": "x", "version": "1"})
    assert answer.status_code == 404
    assert "secret place" not in answer.content.decode()


@pytest.mark.parametrize(("name", "field"), [("area", "area"), ("headcount", "value")])
def test_a_line_edited_in_place_can_be_saved_again(cast, client_of, unit, name, field):
    observe(unit, {Field.HEADCOUNT: 312}, learned_on=business_date(), by=cast.manager)
    services.edit_unit(unit, {"area": "石峰"}, by=cast.manager, version=1)
    client, address = client_of(cast.owner), f"/accounts/{unit.pk}/values/{name}/"
    told = {field: "400", "learned_on": business_date().isoformat()}
    before = contents(unit)
    stale = client.post(address, told | {"version": "1", "seen": ""}, headers={"HX-Request": "true"})
    assert stale.status_code == 409
    assert contents(unit) == before
    shown = dict(re.findall(r'name="(version|seen)" value="(\d+)"', stale.content.decode()))
    saved = client.post(address, told | shown, headers={"HX-Request": "true"})
    assert saved.status_code == 200
    assert "400" in saved.content.decode()


def test_a_person_edited_by_two_shows_both_but_no_masked_data(cast, client_of, unit):
    person = make_person(unit, "许志远", mobile="13800138000", post="Secretary")
    edit_person(person, {"post": "President", "mobile": "13900139000"}, by=cast.owner, version=1)
    body = {"name": "许志远", "post": "Vice", "official": "unknown", "version": "1"}
    answer = client_of(cast.director).post(f"/persons/{person.pk}/edit/", body)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert row(html, "Post") == ("Vice", "President")
    assert "13900139000" not in html
    again = client_of(cast.director).post(f"/persons/{person.pk}/edit/", body | {"version": version_in(html)})
    person.refresh_from_db()
    assert (again.status_code, person.post, person.mobile) == (302, "Vice", "13900139000")


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("assess", {"attitude": "opposes", "insider": "none", "learned_on": "2026-06-02"}),
        ("left", {"on": "2026-06-02"}),
    ],
)
def test_assessing_and_leaving_need_the_version_that_was_seen(cast, client_of, unit, page, told):
    person = make_person(unit, "许志远")
    assess_person(person, {"attitude": "supports"}, learned_on=business_date(), by=cast.manager)
    for version in ("1", ""):
        answer = client_of(cast.owner).post(f"/persons/{person.pk}/{page}/", told | {"version": version})
        assert answer.status_code == 409
    person.refresh_from_db()
    assert (person.attitude, person.left_on, person.facts.count()) == ("supports", None, 1)


def test_a_need_moved_by_two_goes_one_way(cast, client_of, unit):
    need = add_need(unit, "a lift", kind=NeedKind.EXPLICIT, by=cast.owner)
    version = need.version
    move_need(need, NeedState.CLARIFIED, text="which floor", by=cast.manager, version=version)
    for told in ({"version": str(version)}, {}):
        answer = client_of(cast.owner).post(
            f"/needs/{need.pk}/move/", {"to": "dropped", "text": "too dear"} | told
        )
        assert answer.status_code == 409
    need.refresh_from_db()
    assert (need.state, need.closing_reason) == ("clarified", "")
