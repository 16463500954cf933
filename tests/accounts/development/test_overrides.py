"""The director reads which phases were moved against the conditions; a plan past its review says that it is stale."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.development.models import AccountPlan
from accounts.development.registers import text_of_overrides
from accounts.development.selectors.overrides import TOLD_DAYS, overrides_for
from accounts.development.services import move_phase
from accounts.units.terms import Phase
from kam.core.clock import business_date
from kam.core.once import reading
from kam.today.asks import read_together
from kam.today.registry import sections
from kam.today.terms import Exit
from tests.factories.accounts import make_unit

pytestmark = pytest.mark.django_db
WHY = "客户当面承诺，条件随后补齐"


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


def override(unit, by):
    return move_phase(unit, to=Phase.SUBSTANCE, by=by, seen=0, reason=WHY, is_override=True)


def test_the_director_is_told_for_a_week_and_nobody_else(cast, unit, client_of):
    change, today = override(unit, cast.manager), business_date()
    people = [cast.director, cast.manager, cast.owner, cast.gm]
    assert overrides_for(people, today) == {cast.director.pk: [change]}
    assert overrides_for(people, today + timedelta(TOLD_DAYS - 1)) == {cast.director.pk: [change]}
    assert overrides_for(people, today + timedelta(TOLD_DAYS)) == {}
    assert overrides_for(people, today - timedelta(1)) == {}
    assert text_of_overrides([change]).startswith(f"- 泉州商会 · 1 → 4 · {cast.manager.name} · ")
    page = client_of(cast.director).get("/").content.decode()
    assert ("Phases moved although conditions were missing" in page, WHY in page) == (True, True)
    assert WHY not in client_of(cast.owner).get("/").content.decode()
    section = next(one for one in sections(Exit.PLAN) if one.key == "phase_overrides")
    with reading():
        read_together(section.wanted([cast.director, cast.owner], today))
        with CaptureQueriesContext(connection) as asked:
            assert section.collect([cast.director], today) == {cast.director.pk: [change]}
        assert len(asked) == 0


def test_whoever_overrode_is_not_told_of_it_and_a_move_by_the_rules_is_none(cast, unit):
    override(unit, cast.director)
    back = move_phase(unit, to=Phase.GOAL, by=cast.manager, seen=1, reason="条件又不足了")
    assert (back.is_override, overrides_for([cast.director], business_date())) == (False, {})


def test_a_plan_past_its_review_is_marked_stale_where_it_is_listed(cast, unit, client_of):
    today = business_date()
    plan = AccountPlan.objects.create(
        unit=unit, revision=1, author=cast.owner, vision="集团客户", state="approved",
        approved_on=today - timedelta(90), review_days=90,
    )  # fmt: skip
    client = client_of(cast.owner)
    pages = [f"/accounts/{unit.pk}/tabs/{tab}/" for tab in ("plan", "development")]
    assert ["is not fresh" in client.get(page).content.decode() for page in pages] == [False, False]
    AccountPlan.objects.filter(pk=plan.pk).update(approved_on=date(2026, 1, 1), review_days=7)
    assert ["is not fresh" in client.get(page).content.decode() for page in pages] == [True, True]
