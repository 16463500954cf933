"""Targets: set, split, changed only with approval; what counts for the score in between."""

from datetime import date
from decimal import Decimal

import pytest

from kam.approvals import services as approvals
from kam.approvals.selectors import request_for
from kam.core.errors import BusinessError
from kpi.measures.rules import Holder
from kpi.measures.terms import Kind
from kpi.scoring.rules.rates import kept, rate_of
from kpi.targets.models import Target, TargetChange
from kpi.targets.selectors import plans_of
from kpi.targets.services import SUBJECT, ask_change
from tests.factories.kpi import JUNE, at, make_target

pytestmark = pytest.mark.django_db
D = Decimal
JUNE_FIRST = date(2026, 6, 1)


def planned(user, key="sales.actual"):
    return plans_of([key], JUNE).of(key, Holder(Kind.PERSON, (user.pk,)))


def test_t44_an_unapproved_change_counts_for_nothing(cast):
    target = make_target(1200, person=cast.owner)
    change = ask_change(target, month=JUNE_FIRST, amount=D(80), reason="项目延期", by=cast.owner)
    assert kept(rate_of(D(80), planned(cast.owner))) == D("80.0000")
    request = request_for(SUBJECT, change)
    approvals.approve(request, by=cast.manager, version=request.version)
    assert kept(rate_of(D(80), planned(cast.owner))) == D("100.0000")
    target.refresh_from_db()
    assert target.amount == sum(target.months.values_list("amount", flat=True)) == D(1180)


def test_a_refused_change_leaves_the_original(cast):
    target = make_target(1200, person=cast.owner)
    change = ask_change(target, month=JUNE_FIRST, amount=D(80), reason="项目延期", by=cast.owner)
    with pytest.raises(BusinessError, match="decided already"):
        ask_change(target, month=JUNE_FIRST, amount=D(70), reason="x", by=cast.owner)
    request = request_for(SUBJECT, change)
    approvals.reject(request, by=cast.manager, version=request.version, reason="不同意")
    change.refresh_from_db()
    assert (change.state, planned(cast.owner)) == ("rejected", D(100))


def test_what_cannot_be_a_target_is_refused(cast):
    target = make_target(1200, person=cast.owner)
    with pytest.raises(BusinessError, match="already"):
        make_target(1300, person=cast.owner)
    with pytest.raises(BusinessError, match="No target"):
        make_target(1, "trips.days", person=cast.owner)
    with pytest.raises(BusinessError, match="that amount"):
        ask_change(target, month=JUNE_FIRST, amount=D(100), reason="x", by=cast.owner)
    assert (Target.objects.count(), TargetChange.objects.count()) == (1, 0)


def test_a_stock_is_to_be_reached_in_every_month(cast):
    make_target(30, "units.stable", person=cast.owner)
    assert planned(cast.owner, "units.stable") == D(30)


def test_targets_of_a_region_do_not_score(cast):
    make_target(1200, person=cast.owner, area="长沙")
    assert planned(cast.owner) is None


def test_a_target_is_set_and_its_change_asked_for_over_http(cast, client_of):
    manager, owner = client_of(cast.manager), client_of(cast.owner)
    told = {"year": "2026", "measure": "sales.actual", "person": cast.owner.pk, "amount": "1000000"}
    other = manager.post("/kpi/targets/new/", told | {"person": cast.other_team.pk})
    assert (other.status_code, Target.objects.count()) == (422, 0)
    whole = manager.post("/kpi/targets/new/", told | {"person": ""})
    assert (whole.status_code, Target.objects.count()) == (422, 0)
    both = manager.post("/kpi/targets/new/", told | {"team": cast.team.pk})
    assert (both.status_code, Target.objects.count()) == (422, 0)
    made = manager.post("/kpi/targets/new/", told)
    target = Target.objects.get()
    assert (made.status_code, made["Location"]) == (302, target.get_absolute_url())
    with at(date(2026, 6, 10)):
        page = owner.get(target.get_absolute_url())
        assert [part.planned for part in page.context["months"]] == [D("83333.33")] * 11 + [D("83333.37")]
        assert sum(part.planned for part in page.context["weeks"]) == D("83333.33")
        assert sum(part.planned for part in page.context["days"]) == D("83333.33")
    asked = owner.post(
        f"{target.get_absolute_url()}change/", {"month": "2026-06-01", "amount": "80000", "reason": "延期"}
    )
    assert asked.status_code == 302
    assert "延期" in owner.get(target.get_absolute_url()).content.decode()


def test_the_difference_to_the_targets_below_is_shown(cast, client_of):
    team = make_target(1000, team=cast.team)
    make_target(600, person=cast.owner)
    page = client_of(cast.manager).get(team.get_absolute_url())
    assert (len(page.context["below"].rows), page.context["below"].lacks) == (1, D(400))
    assert "differs from this target by 400" in page.content.decode()
    answer = client_of(cast.manager).get("/kpi/targets/?export=csv")
    assert "1000" in b"".join(answer).decode().replace(",", "")
