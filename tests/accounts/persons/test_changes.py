"""A later change of the key person needs manager and director (12-decisions 19)."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.persons import changes
from accounts.persons.models import KeyPersonChange, KeyPersonPeriod
from kam.approvals import services as approvals
from kam.approvals.models import Request
from kam.approvals.routes import load_default_routes
from kam.core.errors import BusinessError, ConflictError
from tests.factories.accounts import make_person, make_unit


@pytest.fixture
def people(cast):
    load_default_routes()
    unit = make_unit("泉州商会", owner=cast.owner)
    first, second = make_person(unit, "许志远"), make_person(unit, "蔡文斌")
    KeyPersonPeriod.objects.create(
        unit=unit, person=first, started_on=date(2026, 6, 1), designated_at=timezone.now()
    )
    return first, second


def test_two_approvals_change_the_key_person_from_that_day_on(cast, people):
    first, second = people
    changes.ask_key_person_change(second, by=cast.owner, reason="the president left for Changsha")
    for decider in (cast.manager, cast.director):
        assert KeyPersonPeriod.objects.get(ended_on=None).person == first
        request = Request.objects.get()
        approvals.approve(request, by=decider, version=request.version)
    today = timezone.localdate()
    assert list(KeyPersonPeriod.objects.order_by("id").values_list("person", "started_on", "ended_on")) == [
        (first.pk, date(2026, 6, 1), today),
        (second.pk, today, None),
    ]
    assert KeyPersonChange.objects.get().closed_at is not None


def test_a_rejected_change_changes_nothing_and_another_may_be_asked(cast, people):
    first, second = people
    changes.ask_key_person_change(second, by=cast.owner, reason="he asked for it")
    with pytest.raises(ConflictError):
        changes.ask_key_person_change(second, by=cast.owner, reason="again")
    request = Request.objects.get()
    approvals.reject(request, by=cast.manager, version=request.version, reason="no ground")
    assert KeyPersonPeriod.objects.get(ended_on=None).person == first
    changes.ask_key_person_change(second, by=cast.owner, reason="a new ground")
    assert KeyPersonChange.objects.filter(closed_at=None).count() == 1


def test_asking_without_need_is_refused(cast, people):
    first, second = people
    for person, reason in ((first, "x"), (second, "  ")):
        with pytest.raises(BusinessError):
            changes.ask_key_person_change(person, by=cast.owner, reason=reason)
    assert (KeyPersonChange.objects.count(), Request.objects.count()) == (0, 0)


def test_the_page_says_that_a_change_waits_and_offers_no_second_one(cast, people, client_of):
    first, second = people
    page = client_of(cast.owner)
    url, ask = f"/persons/{second.pk}/", f"/persons/{second.pk}/key-person/"
    assert ask in page.get(url).content.decode()
    assert f"/persons/{first.pk}/key-person/" not in page.get(f"/persons/{first.pk}/").content.decode()
    changes.ask_key_person_change(second, by=cast.owner, reason="the president left for Changsha")
    html = page.get(url).content.decode()
    assert ask not in html
    assert "the president left for Changsha" in html
    assert reverse("approvals:detail", args=[Request.objects.get().pk]) in html


def test_a_change_that_was_returned_waits_no_more_and_is_asked_for_anew(cast, people, client_of):
    """There is no page on which a returned one is changed: it would hold the unit for good."""
    first, second = people
    url, ask = f"/persons/{second.pk}/", f"/persons/{second.pk}/key-person/"
    changes.ask_key_person_change(second, by=cast.owner, reason="she decides now")
    request = Request.objects.get()
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="Since when?")
    page = client_of(cast.owner).get(url).content.decode()
    assert (ask in page, "she decides now" in page) == (True, False)
    assert KeyPersonPeriod.objects.get(ended_on__isnull=True).person == first
    changes.ask_key_person_change(second, by=cast.owner, reason="she decides since June")
    request.refresh_from_db()
    approvals.withdraw(request, by=cast.owner, version=request.version)
    assert KeyPersonChange.objects.get(closed_at__isnull=True).reason == "she decides since June"
