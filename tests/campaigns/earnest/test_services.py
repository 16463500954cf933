"""Serials, refunds and sessions; each refusal leaves everything as it was."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from campaigns.earnest import sessions
from campaigns.earnest.models import Call, Choosing, Earnest, SerialCounter
from campaigns.earnest.selectors import shown_choosing, waiting_in
from campaigns.earnest.services import EarnestTerms, ask_refund, confirm_receipt, drop_earnest, note_earnest
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from kam.core.errors import BusinessError, ConflictError
from kam.core.transitions import TransitionRefusedError
from tests.factories.accounts import make_person, make_unit
from tests.factories.campaigns import make_campaign
from tests.factories.earnest import make_earnest, receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(db):
    return make_campaign(window_from=None, window_to=None)


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner, channel="chamber")


def test_t22_group_buyers_choose_first_then_the_serial_whatever_the_order_of_typing_in(campaign, unit, cast):
    a, b = (make_earnest(campaign, cast.owner, name, unit) for name in ("甲", "乙"))
    c = make_earnest(campaign, cast.owner, "丙")
    for row in (c, b, a):
        receive(row, cast.finance)
    serials = {row.name: row.serial for row in Earnest.objects.all()}
    assert serials == {"丙": 1, "乙": 2, "甲": 3}
    assert [one.earnest for one in waiting_in(campaign, None)] == [b.pk, a.pk, c.pk]
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Earnest.objects.filter(pk=a.pk).update(serial=2)


def test_a_refused_receipt_draws_no_serial(campaign, unit, cast):
    first, second = (make_earnest(campaign, cast.owner, name, unit) for name in ("甲", "乙"))
    receive(first, cast.finance, "R-1")
    with pytest.raises(BusinessError, match="recorded already"):
        receive(second, cast.finance, "R-1")
    with pytest.raises(ConflictError):
        confirm_receipt(second, receipt_no="R-2", by=cast.finance, version=7)
    first.refresh_from_db()
    with pytest.raises(TransitionRefusedError):
        confirm_receipt(first, receipt_no="R-3", by=cast.finance, version=first.version)
    assert (SerialCounter.objects.get().last, Earnest.objects.filter(serial__isnull=False).count()) == (1, 1)
    assert receive(second, cast.finance, "R-2").serial == 2


def test_a_person_pays_once_and_a_stranger_not_at_all(campaign, unit, cast):
    person = make_person(make_unit("温州商会", owner=cast.owner), "外人")
    make_earnest(campaign, cast.owner, "甲", unit)
    earnest = Earnest.objects.get()
    told = {"campaign": campaign, "amount": earnest.amount}
    for terms, where, words in (
        (EarnestTerms(**told, person=earnest.person), unit, "noted in this campaign already"),
        (EarnestTerms(**told, person=person), unit, "person of this unit"),
        (EarnestTerms(**told), None, "Name the buyer"),
        (EarnestTerms(campaign, earnest.amount * 0, name="x"), None, "above nothing"),
        (EarnestTerms(make_campaign("old", state="closed"), earnest.amount, name="x"), None, "does not run"),
    ):
        with pytest.raises(BusinessError, match=words):
            note_earnest(terms, unit=where, by=cast.owner)
    assert Earnest.objects.count() == 1


def test_a_refund_voids_the_serial_and_gives_the_choice_back(campaign, unit, cast):
    load_default_routes()
    earnest = receive(make_earnest(campaign, cast.owner, "甲", unit), cast.finance)
    other = receive(make_earnest(campaign, cast.owner, "乙", unit), cast.finance)
    sessions.open_choosing(campaign, by=cast.manager)
    sessions.call_next(campaign, by=cast.manager)
    sessions.choose(campaign, object_label="3-1201", product=None, serial=1, by=cast.manager)
    earnest = ask_refund(earnest, reason="贷款没有批下来", by=cast.owner, version=earnest.version)
    for decider in (cast.director, cast.finance):
        request = request_for("earnest_refund", earnest)
        approvals.approve(request, by=decider, version=request.version)
    earnest.refresh_from_db()
    assert (earnest.state, earnest.serial, Call.objects.get().outcome) == ("refunded", 1, "given_back")
    assert [one.earnest for one in waiting_in(campaign, None)] == [other.pk]
    assert receive(make_earnest(campaign, cast.owner, "丙", unit), cast.finance).serial == 3
    sessions.call_next(campaign, by=cast.manager)
    assert (
        sessions.choose(campaign, object_label="3-1201", product=None, serial=2, by=cast.manager).outcome
        == "chosen"
    )


def test_a_rejected_refund_leaves_the_serial_good(campaign, unit, cast):
    load_default_routes()
    earnest = receive(make_earnest(campaign, cast.owner, "甲", unit), cast.finance)
    earnest = ask_refund(earnest, reason="x", by=cast.owner, version=earnest.version)
    request = request_for("earnest_refund", earnest)
    approvals.reject(request, by=cast.director, version=request.version, reason="不同意")
    earnest.refresh_from_db()
    assert earnest.state == "received"
    with pytest.raises(TransitionRefusedError):
        drop_earnest(earnest, by=cast.owner, version=earnest.version)


def test_a_session_calls_one_number_at_a_time_and_who_passed_after_all_others(campaign, unit, cast):
    with pytest.raises(BusinessError, match="Nobody waits"):
        sessions.open_choosing(campaign, by=cast.manager)
    for name in ("甲", "乙"):
        receive(make_earnest(campaign, cast.owner, name, unit), cast.finance)
    sessions.open_choosing(campaign, by=cast.manager)
    with pytest.raises(ConflictError, match="open already"):
        sessions.open_choosing(campaign, by=cast.manager)
    sessions.call_next(campaign, by=cast.manager)
    for act in (sessions.call_next, sessions.close_choosing):
        with pytest.raises(ConflictError, match="called already"):
            act(campaign, by=cast.manager)
    with pytest.raises(ConflictError, match="Another number"):
        sessions.pass_over(campaign, serial=2, by=cast.manager)
    sessions.pass_over(campaign, serial=1, by=cast.manager)
    assert sessions.call_next(campaign, by=cast.manager).earnest.serial == 2
    sessions.choose(campaign, object_label="3-1201", product=None, serial=2, by=cast.manager)
    sessions.call_next(campaign, by=cast.manager)
    with pytest.raises(ConflictError, match="chosen already"):
        sessions.choose(campaign, object_label="3-1201", product=None, serial=1, by=cast.manager)
    foreign = make_campaign("other").products.create(code="x", name="x", measure="㎡")
    with pytest.raises(BusinessError, match="another campaign"):
        sessions.choose(campaign, object_label="x", product=foreign, serial=1, by=cast.manager)
    assert Call.objects.filter(outcome="called").count() == 1
    sessions.choose(campaign, object_label="3-1202", product=None, serial=1, by=cast.manager)
    with pytest.raises(BusinessError, match="Everybody has chosen"):
        sessions.call_next(campaign, by=cast.manager)
    assert sessions.close_choosing(campaign, by=cast.manager).closed_at is not None
    with pytest.raises(ConflictError, match="No session"):
        sessions.call_next(campaign, by=cast.manager)
    assert Choosing.objects.count() == 1


def test_the_screen_names_only_buyers_that_the_reader_sees(campaign, unit, cast):
    receive(make_earnest(campaign, cast.owner, "甲", unit), cast.finance)
    receive(make_earnest(campaign, cast.other_team, "乙"), cast.finance)
    shown = shown_choosing(campaign, cast.owner)
    assert [(one.serial, one.earnest and one.earnest.name) for one in shown.queue] == [(1, "甲"), (2, None)]
    names = [one.earnest and one.earnest.name for one in shown_choosing(campaign, cast.director).queue]
    assert names == ["甲", "乙"]
