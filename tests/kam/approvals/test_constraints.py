"""What the tables refuse by themselves, tried by SQL around the services (R-04, R-08)."""

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from kam.approvals import services
from kam.approvals.models import Decision, Request, Route, Stage
from tests.factories.approvals import make_route, make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def pending(cast):
    make_route({"by": ["manager"]}, {"by": ["director"]})
    return services.submit("wish", make_wish(cast.owner, receiver=cast.clerk), by=cast.owner)


def decide(request, person, *, action="approve", reason="", **changed):
    stage = Stage.objects.get(round__request=request, state="pending")
    values = {
        "request_id": request.pk,
        "round_id": stage.round_id,
        "stage_id": stage.pk,
        "person_id": person.pk,
        "position": person.position,
        "action": action,
        "reason": reason,
        "requester_id": request.requester_id,
        "beneficiary_id": request.beneficiary_id,
        "last_editor_id": request.last_editor_id,
    } | changed
    columns = ", ".join(values)
    holes = ", ".join(["%s"] * len(values))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"insert into approvals_decision ({columns}, at) values ({holes}, now())", list(values.values())
        )


@pytest.mark.parametrize("who", ["owner", "clerk"])
def test_requester_and_beneficiary_cannot_be_written_as_deciders(pending, cast, who):
    with pytest.raises(IntegrityError):
        decide(pending, getattr(cast, who))
    assert Decision.objects.count() == 0


def test_a_decision_cannot_lie_about_its_request(pending, cast):
    with pytest.raises(IntegrityError, match="other people"):
        decide(pending, cast.owner, requester_id=cast.gm.pk, last_editor_id=None)
    other = services.submit("wish", make_wish(cast.owner), by=cast.owner)
    with pytest.raises(IntegrityError, match="another stage"):
        decide(pending, cast.manager, stage_id=Stage.objects.get(round__request=other, state="pending").pk)
    assert Decision.objects.count() == 0


def test_nobody_becomes_a_stranger_to_a_request_before_deciding_it(pending, cast, as_people):
    before = as_people(pending)
    for name in ("requester", "submitted_by", "beneficiary", "last_editor"):
        with pytest.raises(IntegrityError, match="people of a request stand"), transaction.atomic():
            Request.objects.filter(pk=pending.pk).update(**{name: cast.gm})
        with pytest.raises(IntegrityError, match="people of a request stand"), transaction.atomic():
            Request.objects.filter(pk=pending.pk).update(**{name: cast.gm, "round_number": 2})
    assert (as_people(pending), Decision.objects.count()) == (before, 0)


def test_who_handed_a_round_in_does_not_decide_it_whatever_the_request_says_now(pending, cast):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table approvals_request disable trigger approval_people_stand")
        Request.objects.filter(pk=pending.pk).update(
            submitted_by=cast.gm, requester=cast.gm, last_editor=None
        )
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table approvals_request enable trigger approval_people_stand")
    pending.refresh_from_db()
    with pytest.raises(IntegrityError, match="what they submitted"):
        decide(pending, cast.owner)
    assert Decision.objects.count() == 0


def test_a_returned_request_may_be_handed_in_by_somebody_else(pending, cast, as_people):
    row = services.return_for_changes(pending, by=cast.manager, version=pending.version, reason="少一张报价")
    with transaction.atomic():
        Request.objects.filter(pk=row.pk).update(
            state="pending", round_number=row.round_number + 1, submitted_by=cast.same_team
        )
    assert as_people(pending)[1] == cast.same_team.pk


@pytest.fixture
def as_people():
    def read(request):
        names = ("requester", "submitted_by", "beneficiary", "last_editor")
        return Request.objects.values_list(*names).get(pk=request.pk)

    return read


def test_a_stage_is_closed_once_and_a_round_by_different_people(pending, cast):
    decide(pending, cast.manager)
    with pytest.raises(IntegrityError, match="approval_stage_decided_once"):
        decide(pending, cast.director)
    waiting = Stage.objects.get(round__request=pending, state="waiting")
    with pytest.raises(IntegrityError, match="approval_different_people"):
        decide(pending, cast.manager, stage_id=waiting.pk)
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [({"action": "return"}, "approval_refusal_has_reason"), ({"action": "nod"}, "approval_action_known")],
)
def test_a_decision_is_complete(pending, cast, changed, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        decide(pending, cast.manager, **changed)


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        ("update approvals_request set state = 'nodded'", "approval_state_known"),
        ("update approvals_stage set state = 'nodded'", "approval_stage_state_known"),
        ("update approvals_stage set state = 'pending', pending_since = now()", "approval_one_pending_stage"),
        ("update approvals_stage set pending_since = null", "approval_pending_has_time"),
        (
            (
                "insert into approvals_request (subject_key, object_id, label, requester_id, submitted_by_id, state, round_number,"
                " submitted_at, pending_since, closed_reason, created_at, version) select subject_key, object_id, label, requester_id,"
                " submitted_by_id, 'returned', 1, now(), now(), '', now(), 1 from approvals_request"
            ),
            "approval_one_open_request",
        ),
        (
            (
                "insert into approvals_route (subject_key, number, valid_from, note, created_at)"
                " values ('wish', 2, '2026-01-01', '', now())"
            ),
            "route_one_version_at_a_time",
        ),
        ("update approvals_route set valid_until = '1999-01-01'", "route_ends_after_start"),
        ("update approvals_routestep set positions = '{}'", "route_step_has_decider"),
        ("update approvals_routestep set amount_over = 5, amount_up_to = 5", "route_step_amounts_in_order"),
    ],
)
def test_the_tables_refuse_bad_states(pending, sql, constraint):
    before = (list(Request.objects.values()), list(Route.objects.values()))
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert (list(Request.objects.values()), list(Route.objects.values())) == before


@pytest.mark.parametrize("table", ["approvals_decision", "approvals_snapshot", "approvals_round"])
@pytest.mark.parametrize("verb", ["update {} set id = id", "delete from {}", "truncate {} cascade"])
def test_not_even_the_owner_rewrites_what_was_decided(pending, cast, table, verb):
    services.approve(pending, by=cast.manager, version=pending.version)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
            cursor.execute(verb.format(table))
    assert Decision.objects.count() == 1
