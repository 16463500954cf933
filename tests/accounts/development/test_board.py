"""The board: columns, pages of cards, filters in the address, constant queries; the record's tab; SWOT; steps and the list."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.charts.rules.flow import Step
from accounts.charts.services import draw_flow
from accounts.charts.terms import StepKind
from accounts.development import registry
from accounts.development.models import PhaseChange, Swot
from accounts.development.registry import told_events
from accounts.development.rules.checks import Event
from accounts.development.selectors.board import FIRST_CARDS, MORE_CARDS
from accounts.development.services import keep_steps, write_swot
from accounts.development.terms import MAX_LINE, MAX_LINES, Told
from accounts.red_flags.services import recompute
from accounts.units.models import KeyAccount
from accounts.units.services import observe
from accounts.units.terms import Field
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.users.middleware import LANGUAGE_COOKIE
from tests.factories.accounts import make_unit

pytestmark = pytest.mark.django_db


def ago(days):
    return business_date() - timedelta(days=days)


def board(client, query="", **headers):
    return client.get(f"/accounts/phases/?{query}", headers=headers).content.decode().split("<main")[-1]


def names(page):
    return re.findall(r'lang="zh-Hans"><b>([^<]+)</b>', page)


def test_the_longest_stand_first_and_the_rest_comes_page_by_page(cast, client_of):
    for n in range(30):
        make_unit(f"商会{n:02d}", owner=cast.owner, phase=2, phase_since_on=ago(60 - n))
    client = client_of(cast.owner)
    page = board(client)
    assert names(page) == [f"商会{n:02d}" for n in range(FIRST_CARDS)]
    assert "22 more" in page
    after = re.search(r"after=([^&\"]+)\"", page)[1]
    more = client.get(
        f"/accounts/phases/?phase=2&after={after}", headers={"HX-Request": "true"}
    ).content.decode()
    assert names(more) == [f"商会{n:02d}" for n in range(FIRST_CARDS, FIRST_CARDS + MORE_CARDS)]
    assert "2 more" in more
    whole = board(client, f"phase=2&after={after}")
    assert names(whole)[0] == f"商会{FIRST_CARDS:02d}"


def test_late_tier_and_whose_stand_in_the_address(cast, client_of):
    make_unit("迟到", owner=cast.owner, phase=2, phase_since_on=ago(64), tier="A")
    make_unit("准时", owner=cast.owner, phase=2, phase_since_on=ago(30), tier="B")
    make_unit("同组", owner=cast.same_team, phase=3, phase_since_on=ago(1), tier="A")
    make_unit("别组", owner=cast.other_team, phase=3, phase_since_on=ago(1), tier="A")
    lead = client_of(cast.lead)
    assert sorted(names(board(lead))) == sorted(["迟到", "准时", "同组"])
    assert names(board(lead, "late=1")) == ["迟到"]
    assert "34 d late" in board(lead)
    assert sorted(names(board(lead, "tier=A"))) == sorted(["迟到", "同组"])
    assert names(board(lead, "whose=me")) == []
    director = client_of(cast.director)
    assert len(names(board(director))) == 4
    assert names(board(director, f"whose={cast.other_team.memberships.get().team_id}")) == ["别组"]
    for nonsense in ("tier=Z", "phase=9", "phase=x&after=yesterday.1", "late=maybe"):
        assert director.get(f"/accounts/phases/?{nonsense}").status_code == 200


def test_the_median_and_the_late_ones_are_told_by_column(cast, client_of):
    for days in (10, 38, 64):
        make_unit(f"商会{days}", owner=cast.owner, phase=2, phase_since_on=ago(days))
    page = board(client_of(cast.owner))
    assert "median 38 of 30 d · 2 late" in page
    assert "2 stay longer than the norm, 2 of them in phase 2" in page


def test_the_board_costs_the_same_for_many_units(cast, client_of):
    client = client_of(cast.manager)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            board(client)
        return len(queries)

    make_unit("商会", owner=cast.owner, phase=1)
    cost()
    one = cost()
    for n in range(40):
        make_unit(f"商会{n}", owner=cast.owner, phase=n % 7 + 1)
    assert cost() == one


def test_the_tab_the_list_and_the_filter_know_phase_and_step(cast, client_of):
    unit = make_unit("泉州商会", owner=cast.owner, phase=4)
    make_unit("株洲商会", owner=cast.owner)
    client = client_of(cast.owner)
    tab = client.get(f"/accounts/{unit.pk}/tabs/development/").content.decode()
    assert "Phase 4: Substantive progress" in tab
    assert "0 of 7 done" in tab
    listed = client.get("/accounts/?phase=4&cols=name&cols=phase&cols=step").content.decode()
    assert "泉州商会" in listed
    assert "株洲商会" not in listed
    KeyAccount.objects.filter(pk=unit.pk).update(step=3)
    assert "株洲商会" not in client.get("/accounts/?at_step=3").content.decode()


def test_the_step_of_the_list_follows_the_facts(cast):
    unit = make_unit("泉州商会", owner=cast.owner)
    observe(unit, {Field.LARGEST_DEAL: "80000"}, learned_on=business_date(), by=cast.owner)
    recompute([unit.pk])
    unit.refresh_from_db()
    assert unit.step == 2
    KeyAccount.objects.filter(pk=unit.pk).update(owner=None)
    keep_steps([unit.pk], business_date())
    unit.refresh_from_db()
    assert unit.step == 1
    keep_steps([], business_date())


def test_steps_can_be_seen_as_of_any_day(cast, client_of):
    unit = make_unit("泉州商会", owner=cast.owner)
    draw_flow(unit, [Step(StepKind.DECIDE, who="Boss")], by=cast.owner, revision=0, on=ago(5))
    client = client_of(cast.owner)
    now = client.get(f"/accounts/{unit.pk}/development/").content.decode()
    then = client.get(f"/accounts/{unit.pk}/development/?on={ago(6)}").content.decode()
    assert "Draw who proposes" not in now.split('id="steps"')[1]
    assert "Draw who proposes" in then.split('id="steps"')[1]


def test_a_swot_is_written_anew_as_a_whole(cast):
    unit = make_unit(owner=cast.owner)
    first = write_swot(unit, {"strengths": [" near ", ""]}, by=cast.owner, revision=0)
    assert first.strengths == ["near"]
    assert write_swot(unit, {"strengths": ["near"]}, by=cast.owner, revision=1) == first
    with pytest.raises(ConflictError):
        write_swot(unit, {"strengths": ["far"]}, by=cast.owner, revision=0)
    for lists in ({}, {"threats": ["x" * (MAX_LINE + 1)]}, {"threats": ["x"] * (MAX_LINES + 1)}):
        with pytest.raises(BusinessError):
            write_swot(make_unit(owner=cast.owner), lists, by=cast.owner, revision=0)
    assert Swot.objects.count() == 1


def test_a_stale_swot_is_shown_beside_what_stands_there_now(cast, client_of):
    unit = make_unit(owner=cast.owner)
    write_swot(unit, {"strengths": ["near"]}, by=cast.owner, revision=0)
    answer = client_of(cast.owner).post(f"/accounts/{unit.pk}/swot/edit/", {"seen": 0, "strengths": "far"})
    assert answer.status_code == 409
    assert "near" in answer.content.decode()
    assert Swot.objects.count() == 1


def test_only_what_was_announced_may_be_told():
    def tell(_ids, _day):
        return {1: {Told.DEALS: [Event(date(2026, 6, 2))]}}

    registry.register_facts([Told.ORDERS], tell)
    try:
        with pytest.raises(ValueError, match="not announced"):
            told_events([1], date(2026, 6, 3))
    finally:
        registry.forget_facts(tell)


def test_without_the_board_a_form_moves_and_refuses_on_the_record(cast, client_of):
    unit = make_unit("泉州商会", owner=cast.owner, phase=3)
    client = client_of(cast.owner)
    address = f"/accounts/{unit.pk}/phase/"
    refused = client.post(address, {"to": 2, "seen": 0})
    assert refused.status_code == 422
    assert "Say why it goes back." in refused.content.decode()
    assert not PhaseChange.objects.exists()
    done = client.post(address, {"to": 2, "seen": 0, "reason": "会长退休"}, follow=True)
    assert "会长退休" in done.content.decode()
    plain = client.post(address, {"to": 1, "seen": 1, "reason": "重来", "within": "whose=me"})
    assert plain.headers["Location"] == "/accounts/phases/?whose=me&phase=1"


def test_the_other_ways_of_selling_are_told_in_three_languages(cast, client_of):
    client = client_of(cast.owner)
    pages = {}
    for language in ("en", "zh-hans", "zh-hant"):
        client.cookies[LANGUAGE_COOKIE] = language
        pages[language] = client.get("/accounts/phases/help/").content.decode()
        assert pages[language].count("<li") >= 7 + 7 + 10 + 9 + 8 + 3
    assert "Ten steps of a sale" in pages["en"]


def test_a_phone_shows_the_column_of_the_unit_that_was_moved(cast, client_of):
    unit = make_unit("泉州商会", owner=cast.owner, phase=3)
    make_unit(owner=cast.owner)
    client, hx = client_of(cast.owner), {"HX-Request": "true"}
    address = f"/accounts/{unit.pk}/phase/"
    refused = client.post(address, {"to": 2, "seen": 0, "within": ""}, headers=hx).content.decode()
    assert 'class="ph-col cur" id="p3"' in refused
    moved = client.post(address, {"to": 2, "seen": 0, "reason": "x", "within": ""}, headers=hx)
    assert 'class="ph-col cur" id="p2"' in moved.content.decode()
