"""Rounds, asking, results, questionnaires: services and pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.complaints.services import Received, move_complaint, record_complaint
from accounts.complaints.terms import ComplaintKind, ComplaintState, Severity
from accounts.contacts.terms import ContactChannel
from accounts.satisfaction.models import (
    Invitation,
    Questionnaire,
    QuestionnaireVersion,
    Response,
    SurveyRound,
)
from accounts.satisfaction.rules import Given
from accounts.satisfaction.selectors import result_of_round
from accounts.satisfaction.services import (
    add_version,
    answer,
    ask_person,
    open_round,
    renew_link,
    withdraw_invitation,
)
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.outbox.models import Message
from tests.factories.accounts import make_person, make_unit


@pytest.fixture
def survey(cast):
    version = QuestionnaireVersion.objects.get(questionnaire__code="satisfaction")
    return open_round(version, "Q3", ends_at=timezone.now() + timedelta(days=7), by=cast.director)


def given(score, recommends):
    return {n: Given(number=score) for n in range(1, 5)} | {5: Given(number=recommends)}


def asked(survey, unit, cast, name="许志远"):
    return ask_person(survey, unit, make_person(unit, name), by=cast.owner)


def test_results_count_the_own_units_only(survey, cast):
    mine, far = make_unit("泉州商会", owner=cast.owner), make_unit("株洲商会", owner=cast.other_team)
    for unit, score, recommends in ((mine, 5, 10), (mine, 2, 3), (far, 1, 0)):
        answer(asked(survey, unit, cast, f"P{score}"), given(score, recommends), by=cast.owner)
    asked(survey, mine, cast, "silent")
    result = result_of_round(survey, cast.owner)
    assert (result.asked, result.answered, str(result.score), result.nps) == (3, 2, "3.50", 0)
    assert [(row.unit, row.count) for row in result.units] == [(mine, 2)]
    everywhere = result_of_round(survey, cast.director)
    assert (everywhere.answered, str(everywhere.score), everywhere.nps) == (3, "2.67", -33)
    assert [row.unit for row in everywhere.units] == [far, mine]


def test_what_may_not_be_is_refused_and_changes_nothing(survey, cast):
    unit = make_unit(owner=cast.owner)
    invitation = asked(survey, unit, cast)
    elsewhere = make_person(make_unit(owner=cast.owner), "elsewhere")
    done = asked(survey, unit, cast, "done")
    answer(done, given(5, 9), by=cast.owner)
    past = SurveyRound.objects.create(version=survey.version, title="past", ends_at=timezone.now())
    version = survey.version
    for act in (
        lambda: ask_person(survey, unit, invitation.person, by=cast.owner),
        lambda: ask_person(survey, unit, elsewhere, by=cast.owner),
        lambda: ask_person(past, unit, make_person(unit), by=cast.owner),
        lambda: answer(invitation, {}, by=cast.owner),
        lambda: answer(done, given(1, 1), by=cast.owner),
        lambda: withdraw_invitation(done, by=cast.owner),
        lambda: renew_link(done, by=cast.owner),
        lambda: open_round(version, " ", ends_at=timezone.now() + timedelta(1), by=cast.owner),
        lambda: open_round(version, "x", ends_at=timezone.now(), by=cast.owner),
        lambda: add_version(version.questionnaire, [], by=cast.director),
    ):
        with pytest.raises(BusinessError):
            act()
    assert (Invitation.objects.count(), Response.objects.count()) == (2, 1)
    assert (SurveyRound.objects.count(), version.questionnaire.versions.count()) == (2, 1)


def test_a_new_version_leaves_running_rounds_alone(survey, cast):
    questionnaire = survey.version.questionnaire
    specs = [question.spec for question in survey.version.questions.all()]
    assert add_version(questionnaire, specs, by=cast.director) == survey.version
    newer = add_version(questionnaire, specs[:2], by=cast.director, seen=1)
    assert (newer.number, survey.version.questions.count(), newer.questions.count()) == (2, 6, 2)
    with pytest.raises(ConflictError):
        add_version(questionnaire, specs[:3], by=cast.director, seen=1)


def test_pages_from_the_round_to_the_answer(cast, client_of):
    client = client_of(cast.owner)
    unit = make_unit("泉州商会", owner=cast.owner)
    person = make_person(unit, "许志远")
    version = QuestionnaireVersion.objects.get(questionnaire__code="satisfaction")
    ends = (business_date() + timedelta(days=3)).isoformat()
    made = client.post("/satisfaction/rounds/new/", {"version": version.pk, "title": "Q4", "ends_on": ends})
    survey = SurveyRound.objects.get()
    assert made.headers["Location"] == f"/satisfaction/rounds/{survey.pk}/"
    body = {"round": survey.pk, "persons": [person.pk], "by_mail": "on"}
    assert client.post(f"/accounts/{unit.pk}/satisfaction/ask/", body).status_code == 302
    assert not Message.objects.exists()  # nobody has an address
    twice = client.post(f"/accounts/{unit.pk}/satisfaction/ask/", body)
    assert (twice.status_code, Invitation.objects.count()) == (422, 1)
    invitation = Invitation.objects.get()
    page = client.get(f"/satisfaction/{invitation.pk}/").content.decode()
    assert "/s/" in page
    assert client.get(f"/satisfaction/{invitation.pk}/code.svg").headers["Content-Type"] == "image/svg+xml"
    assert "/s/" not in client_of(cast.gm).get(f"/satisfaction/{invitation.pk}/").content.decode()
    empty = client.post(f"/satisfaction/{invitation.pk}/answer/", {"q1": "5"})
    assert (empty.status_code, Response.objects.count()) == (422, 0)
    filled = {"q1": "5", "q2": "4", "q3": "5", "q4": "5", "q5": "9", "q6": "很好"}
    assert client.post(f"/satisfaction/{invitation.pk}/answer/", filled).status_code == 302
    assert Response.objects.get().by == cast.owner
    assert "很好" in client.get(f"/satisfaction/{invitation.pk}/").content.decode()
    assert "4.75" in client.get(f"/satisfaction/rounds/{survey.pk}/").content.decode()
    assert "4.75" in client.get(f"/accounts/{unit.pk}/tabs/satisfaction/").content.decode()
    assert "Q4" in client.get(f"/accounts/{unit.pk}/timeline/").content.decode()
    refused = client.post(f"/satisfaction/{invitation.pk}/withdraw/")
    assert refused.status_code == 422


def test_a_questionnaire_is_written_on_its_page(cast, client_of):
    client = client_of(cast.director)
    page = client.get("/satisfaction/questionnaires/satisfaction/").content.decode()
    assert "score | How satisfied are you with the product? | 您对产品质量是否满意？" in page
    bad = client.post("/satisfaction/questionnaires/satisfaction/", {"questions": "dance | x", "seen": "1"})
    questionnaire = Questionnaire.objects.get(code="satisfaction")
    assert (bad.status_code, questionnaire.versions.count()) == (422, 1)
    good = {"questions": "score | Fine? | 好吗？ | 好嗎？", "seen": "1"}
    assert client.post("/satisfaction/questionnaires/satisfaction/", good).status_code == 302
    assert questionnaire.versions.count() == 2
    stale = client.post("/satisfaction/questionnaires/satisfaction/", good | {"questions": "nps | Else?"})
    assert (stale.status_code, questionnaire.versions.count()) == (409, 2)
    assert (
        'href="/satisfaction/questionnaires/satisfaction/2/"'
        in client.get("/satisfaction/questionnaires/").content.decode()
    )
    old, new = (
        client.get(f"/satisfaction/questionnaires/satisfaction/{n}/").content.decode() for n in (1, 2)
    )
    assert ("How satisfied are you with the product?" in old, "好嗎？" in old) == (True, False)
    assert ("您对产品质量是否满意？" in new, "好吗？" in new, "好嗎？" in new) == (False, True, True)
    assert client.get("/satisfaction/questionnaires/satisfaction/3/").status_code == 404


def test_a_resolved_complaint_leads_to_a_survey_and_shows_it(survey, cast, client_of):
    unit = make_unit(owner=cast.owner)
    received = Received(ComplaintKind.QUALITY, Severity.OTHER, "x", ContactChannel.CALL, business_date())
    row = record_complaint(unit, received, owner=cast.owner, by=cast.owner)
    for state in (ComplaintState.INVESTIGATING, ComplaintState.AGREED, ComplaintState.RESOLVED):
        row = move_complaint(row, state, text="x", by=cast.owner)
    client = client_of(cast.owner)
    asks = f"/accounts/{unit.pk}/satisfaction/ask/?complaint={row.pk}"
    assert asks in client.get(f"/complaints/{row.pk}/").content.decode()
    body = {"round": survey.pk, "persons": [make_person(unit).pk]}
    assert client.post(asks, body).status_code == 302
    invitation = Invitation.objects.get()
    assert invitation.source_label == row.number
    assert f"/satisfaction/{invitation.pk}/" in client.get(f"/complaints/{row.pk}/").content.decode()


def test_list_and_results_cost_the_same_for_many(survey, cast, client_of):
    client, unit = client_of(cast.owner), make_unit(owner=cast.owner)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            for page in ("/satisfaction/", "/satisfaction/rounds/", f"/satisfaction/rounds/{survey.pk}/"):
                assert client.get(page).status_code == 200
            client.get(f"/accounts/{unit.pk}/tabs/satisfaction/")
        return len(queries)

    answer(asked(survey, unit, cast), given(5, 9), by=cast.owner)
    ask()
    few = ask()
    for n in range(4):
        more = make_unit(owner=cast.owner)
        answer(asked(survey, more, cast, f"P{n}"), given(4, 8), by=cast.owner)
        answer(asked(survey, unit, cast, f"Q{n}"), given(4, 8), by=cast.owner)
    assert ask() == few
