"""Every action of the engine on a subject that only the tests know."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from kam.approvals import registry, services
from kam.approvals import seats as seats_
from kam.approvals.models import Decision, Request, Seat, Stage
from kam.approvals.selectors import changes_that_void, snapshot_of
from kam.approvals.terms import RequestState, StageState
from kam.audit.models import AuditEntry
from kam.core.errors import BusinessError, ConflictError
from kam.outbox.models import Message, Notice
from kam.users.terms import Position
from tests.factories.approvals import everything, make_route, make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def wish(cast):
    make_route()
    return make_wish(cast.owner, "100.00", "98.00")


@pytest.fixture
def substitute():
    """Return a function that makes one person act for another today."""
    before = registry.current_provider()

    def stand_in(absent, who):
        registry.register_substitutes(lambda _day: [(absent.pk, who.pk)])

    yield stand_in
    registry.register_substitutes(before)


def states(request):
    request.refresh_from_db()
    stages = Stage.objects.filter(round__request=request, round__number=request.round_number).order_by(
        "order"
    )
    return request.state, [stage.state for stage in stages]


def test_three_people_approve_one_after_the_other(wish, cast):
    request = services.submit("wish", wish, by=cast.owner)
    assert states(request) == ("pending", ["pending", "waiting", "waiting"])
    for decider in (cast.manager, cast.director, cast.finance):
        assert list(Request.objects.waiting_for(decider)) == [request]
        services.approve(request, by=decider, version=request.version)
        request.refresh_from_db()
        assert not Request.objects.waiting_for(decider).exists()
    assert states(request) == ("approved", ["done", "done", "done"])
    wish.refresh_from_db()
    assert (wish.state, wish.log) == ("approved", ["approved by finance"])
    assert list(AuditEntry.objects.order_by("id").values_list("act", flat=True)) == [
        "approvals.request.submitted",
        *["approvals.request.approved"] * 3,
    ]


def test_each_next_decider_gets_one_mail_and_one_notice(wish, cast):
    request = services.submit("wish", wish, by=cast.owner)
    services.approve(request, by=cast.manager, version=request.version)
    told = list(Message.objects.order_by("id").values_list("to__staff_number", "kind"))
    assert told == [("manager", "approval.waiting"), ("director", "approval.waiting")]
    assert Notice.objects.count() == 2
    assert all(text.endswith(f" · {request.label}") for text in Notice.objects.values_list("text", flat=True))
    assert "198" not in "".join(Message.objects.values_list("text", flat=True))


def test_returned_goes_on_in_a_second_round_and_keeps_the_first(wish, cast):
    request = services.submit("wish", wish, by=cast.owner)
    request = services.approve(request, by=cast.manager, version=request.version)
    services.return_for_changes(request, by=cast.director, version=request.version, reason="Too dear")
    assert states(request) == ("returned", ["done", "done", "skipped"])
    wish.items.filter(price="98.00").delete()
    again = services.submit("wish", wish, by=cast.owner)
    assert (again.pk, again.round_number) == (request.pk, 2)
    assert states(again) == ("pending", ["pending", "waiting", "waiting"])
    assert snapshot_of(again, round_number=1)["amount"] == "198.00"
    assert snapshot_of(again)["amount"] == "100.00"
    assert Decision.objects.filter(round__number=1).count() == 2


@pytest.mark.parametrize("act", [services.return_for_changes, services.reject])
def test_refusing_needs_a_reason(wish, cast, act):
    request = services.submit("wish", wish, by=cast.owner)
    before = everything()
    with pytest.raises(BusinessError, match="reason"):
        act(request, by=cast.manager, version=request.version, reason="  ")
    assert everything() == before


def test_rejected_is_final(wish, cast):
    request = services.submit("wish", wish, by=cast.owner)
    services.reject(request, by=cast.manager, version=request.version, reason="No")
    assert states(request) == ("rejected", ["done", "skipped", "skipped"])
    before = everything()
    with pytest.raises(BusinessError, match="Copy it"):
        services.submit("wish", wish, by=cast.owner)
    assert everything() == before


def test_withdraw_is_the_requesters_alone(wish, cast):
    request = services.submit("wish", wish, by=cast.owner)
    before = everything()
    with pytest.raises(BusinessError, match="Only the person who asked"):
        services.withdraw(request, by=cast.manager, version=request.version)
    assert everything() == before
    services.withdraw(request, by=cast.owner, version=request.version)
    assert states(request) == ("withdrawn", ["skipped", "skipped", "skipped"])


def test_a_material_change_voids_and_a_new_round_follows(wish, cast):
    del wish  # its route, not itself: a wish of 0.00 needs no finance
    small = make_wish(cast.owner, title="Small")
    request = services.submit("wish", small, by=cast.owner)
    request = services.approve(request, by=cast.manager, version=request.version)
    request = services.approve(request, by=cast.director, version=request.version)
    assert changes_that_void("wish", small) == []
    small.items.create(name="more", price="5.00")
    assert changes_that_void("wish", small) == ["amount", "lines"]
    services.void("wish", small, by=cast.owner, reason="One more")
    assert states(request)[0] == "voided"
    assert services.submit("wish", small, by=cast.owner).round_number == 2


def test_a_stale_version_is_a_conflict(wish, cast):
    request = services.submit("wish", wish, by=cast.owner)
    shown = request.version
    services.approve(request, by=cast.manager, version=shown)
    before = everything()
    with pytest.raises(ConflictError, match="Somebody was faster"):
        services.approve(request, by=cast.director, version=shown)
    assert everything() == before


def test_submitting_twice_is_a_conflict(wish, cast):
    services.submit("wish", wish, by=cast.owner)
    before = everything()
    with pytest.raises(ConflictError, match="submitted already"):
        services.submit("wish", wish, by=cast.owner)
    assert everything() == before


@pytest.mark.parametrize("who", ["owner", "director", "same_team", "other_manager", "gm", "clerk"])
def test_only_the_pending_decider_decides(wish, cast, who):
    request = services.submit("wish", wish, by=cast.owner)
    before = everything()
    with pytest.raises(BusinessError, match="not yours"):
        services.approve(request, by=getattr(cast, who), version=request.version)
    assert everything() == before


def test_a_vacant_finance_step_refuses_submitting_and_names_it(wish, cast):
    cast.finance.is_active = False
    cast.finance.save()
    with pytest.raises(BusinessError, match="Finance"):
        services.submit("wish", wish, by=cast.owner)
    assert (Request.objects.count(), AuditEntry.objects.count(), Message.objects.count()) == (0, 0, 0)


def test_no_route_refuses_submitting(cast):
    with pytest.raises(BusinessError, match="No approval route"):
        services.submit("wish", make_wish(cast.owner), by=cast.owner)
    assert Request.objects.count() == 0


def test_the_requester_never_decides_not_even_as_substitute_or_after_promotion(wish, cast, substitute):
    request = services.submit("wish", wish, by=cast.owner)
    substitute(cast.manager, cast.owner)
    with pytest.raises(BusinessError, match="not yours"):
        services.approve(request, by=cast.owner, version=request.version)
    cast.owner.position = Position.MANAGER
    cast.owner.save()
    Seat.objects.create(stage=Stage.objects.get(state="pending"), user=cast.owner)
    with pytest.raises(BusinessError, match="not yours"):
        services.approve(request, by=cast.owner, version=request.version)
    assert Decision.objects.count() == 0


def test_a_substitute_decides_and_both_names_are_kept(wish, cast, substitute):
    substitute(cast.manager, cast.other_manager)
    request = services.submit("wish", wish, by=cast.owner)
    assert list(Request.objects.waiting_for(cast.other_manager)) == [request]
    services.approve(request, by=cast.other_manager, version=request.version)
    decision = Decision.objects.get()
    assert (decision.person, decision.acting_for) == (cast.other_manager, cast.manager)
    entry = AuditEntry.objects.get(act="approvals.request.approved")
    assert (entry.actor, entry.acting_for) == (cast.other_manager, cast.manager)


def test_one_person_never_decides_two_steps(wish, cast, substitute):
    """The director stands in for the manager; his own step then goes to the next person up."""
    substitute(cast.manager, cast.director)
    request = services.submit("wish", wish, by=cast.owner)
    request = services.approve(request, by=cast.director, version=request.version)
    assert not Request.objects.waiting_for(cast.director).exists()
    assert list(Request.objects.waiting_for(cast.marketing)) == [request]
    with pytest.raises(BusinessError, match="not yours"):
        services.approve(request, by=cast.director, version=request.version)


def test_the_beneficiary_never_decides(cast):
    make_route()
    request = services.submit("wish", make_wish(cast.owner, receiver=cast.manager), by=cast.owner)
    assert list(Request.objects.waiting_for(cast.director)) == [request]
    assert not Request.objects.waiting_for(cast.manager).exists()


def test_delegating_passes_the_step_to_an_equal(wish, cast):
    request = services.submit("wish", wish, by=cast.owner)
    before = everything()
    with pytest.raises(BusinessError, match="cannot decide"):
        services.delegate(request, to=cast.lead, by=cast.manager, version=request.version)
    with pytest.raises(BusinessError, match="cannot decide"):
        services.delegate(request, to=cast.owner, by=cast.manager, version=request.version)
    assert everything() == before
    request = services.delegate(request, to=cast.other_manager, by=cast.manager, version=request.version)
    assert not Request.objects.waiting_for(cast.manager).exists()
    request = services.approve(request, by=cast.other_manager, version=request.version)
    assert states(request) == ("pending", ["done", "pending", "waiting"])


def test_bulk_gives_a_result_per_request(cast):
    make_route({"by": ["manager"]})
    first, second = (services.submit("wish", make_wish(cast.owner), by=cast.owner) for _ in range(2))
    results = services.bulk_approve(
        [(first.pk, first.version), (second.pk, second.version - 1), (10**6, 1)], by=cast.manager
    )
    assert [result.ok for result in results] == [True, False, False]
    assert (states(first)[0], states(second)[0]) == ("approved", "pending")


def test_escalating_gives_the_step_to_the_next_position_up_once(wish, cast):
    request = services.submit("wish", wish, by=cast.owner)
    stage = Stage.objects.get(state=StageState.PENDING)
    assert services.escalate(stage) is True
    assert services.escalate(stage) is False
    assert {seat.user for seat in stage.seats.all()} == {cast.manager, cast.director}
    request.refresh_from_db()
    services.approve(request, by=cast.director, version=request.version)
    assert states(request) == ("pending", ["done", "pending", "waiting"])
    assert not Request.objects.waiting_for(cast.director).exists()
    assert list(Request.objects.waiting_for(cast.marketing)) == [request]


def test_a_leavers_seats_move_to_the_successor(wish, cast):
    request = services.submit("wish", wish, by=cast.owner)
    seats = list(Seat.objects.filter(user=cast.manager).values_list("pk", flat=True))
    moved = seats_.hand_over_seats(seats, frm=cast.manager, to=cast.other_manager, by=cast.admin)
    assert moved == 1
    request.refresh_from_db()
    assert list(Request.objects.waiting_for(cast.other_manager)) == [request]
    assert not Request.objects.waiting_for(cast.manager).exists()


def test_seats_of_somebody_involved_do_not_move_to_them(wish, cast):
    services.submit("wish", wish, by=cast.owner)
    seats = list(Seat.objects.filter(user=cast.manager).values_list("pk", flat=True))
    assert seats_.hand_over_seats(seats, frm=cast.manager, to=cast.owner, by=cast.admin) == 0


def test_seats_move_to_nobody_too_low_to_sit_there(wish, cast):
    """Else the step would wait for nobody: the giver's seat over, the taker's without effect."""
    services.submit("wish", wish, by=cast.owner)
    seats = list(Seat.objects.filter(user=cast.manager).values_list("pk", flat=True))
    assert seats_.hand_over_seats(seats, frm=cast.manager, to=cast.same_team, by=cast.admin) == 0
    assert [seat.user for seat in Seat.objects.held().filter(stage__state="pending")] == [cast.manager]


def test_a_seat_whose_step_is_decided_meanwhile_moves_nowhere(wish, cast):
    request = services.submit("wish", wish, by=cast.owner)
    seats = list(Seat.objects.filter(user=cast.manager).values_list("pk", flat=True))
    decided = []

    def decide_first(execute, sql, params, many, context):
        if "FOR UPDATE" in sql and not decided:  # somebody was faster while this act waited for the request
            decided.append(request.pk)
            services.approve(request, by=cast.manager, version=request.version)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(decide_first):
        moved = seats_.hand_over_seats(seats, frm=cast.manager, to=cast.other_manager, by=cast.admin)
    assert (len(decided), moved) == (1, 0)
    assert not Seat.objects.filter(user=cast.other_manager).exists()


def test_voiding_what_was_never_submitted_is_refused(wish, cast):
    with pytest.raises(BusinessError, match="no approval"):
        services.void("wish", wish, by=cast.owner, reason="x")


def test_an_effect_that_refuses_undoes_the_decision(cast, monkeypatch):
    make_route({"by": ["manager"]})
    request = services.submit("wish", make_wish(cast.owner), by=cast.owner)

    def refuse(_wish, _by):
        raise BusinessError("Over budget")

    monkeypatch.setitem(registry._subjects, "wish", replace_effect(refuse))
    before = everything()
    with pytest.raises(BusinessError, match="Over budget"):
        services.approve(request, by=cast.manager, version=request.version)
    assert everything() == before


def replace_effect(effect):
    from dataclasses import replace

    return replace(registry.subject_of("wish"), on_approved=effect)


def test_visible_to_those_it_concerns_and_nobody_else(wish, cast):
    request = services.submit("wish", wish, by=cast.owner)

    def seen_by():
        people = (
            "owner",
            "same_team",
            "lead",
            "manager",
            "other_manager",
            "director",
            "gm",
            "finance",
            "admin",
        )
        return [who for who in people if Request.objects.visible_to(getattr(cast, who)).exists()]

    assert seen_by() == ["owner", "manager"]
    request = services.approve(request, by=cast.manager, version=request.version)
    assert seen_by() == ["owner", "manager", "director"]
    cast.director.is_active = False
    assert seen_by() == ["owner", "manager"]
    assert list(Request.objects.waiting_for(cast.director)) == []


def test_the_time_waited_starts_again_with_each_step(wish, cast):
    request = services.submit("wish", wish, by=cast.owner)
    Request.objects.filter(pk=request.pk).update(pending_since=timezone.now() - timedelta(days=2))
    request = services.approve(request, by=cast.manager, version=request.version)
    assert timezone.now() - request.pending_since < timedelta(minutes=1)
    assert request.state == RequestState.PENDING


def test_a_seat_ends_with_the_position_that_sits_on_it(cast, wish):
    """A manager who became a specialist decides nothing any more, nor does whoever stands in for them."""
    request = services.submit("wish", wish, by=cast.owner)
    cast.manager.position = Position.SPECIALIST
    cast.manager.save(update_fields=["position"])
    with pytest.raises(BusinessError) as refusal:
        services.approve(request, by=cast.manager, version=request.version)
    assert refusal.value.code == "not_yours"
    assert (states(request)[0], Decision.objects.count()) == (RequestState.PENDING, 0)


def test_nobody_decides_twice_through_a_substitute(cast, wish, substitute):
    """Whoever decided a step and then goes on leave sits on no later one by proxy."""
    request = services.submit("wish", wish, by=cast.owner)
    services.approve(request, by=cast.manager, version=request.version)
    request.refresh_from_db()
    stage = Stage.objects.get(state=StageState.PENDING)
    Seat.objects.create(stage=stage, user=cast.manager, origin="delegated")
    substitute(cast.manager, cast.other_manager)
    with pytest.raises(BusinessError) as refusal:
        services.approve(request, by=cast.other_manager, version=request.version)
    assert refusal.value.code == "not_yours"
    assert Decision.objects.count() == 1
