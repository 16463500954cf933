"""The same link sent twice at the same moment: one answer, one refusal."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.satisfaction import services
from accounts.satisfaction.links import address_of
from accounts.satisfaction.models import Questionnaire, Response
from accounts.satisfaction.rules import Given, parse_questions
from kam.core.errors import ConflictError
from tests.factories.accounts import make_unit
from tests.factories.kam import make_user
from tests.racing import at_once, busy_with, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_one_link_answered_twice_at_once_is_one_answer_and_a_refusal(monkeypatch):
    owner = make_user("owner")
    questionnaire = Questionnaire.objects.create(code="planted", title="x")
    version = services.add_version(questionnaire, parse_questions("score | Fine?")[0], by=owner)
    survey = services.open_round(version, "x", ends_at=timezone.now() + timedelta(days=1), by=owner)
    invitation = services.ask_person(survey, make_unit(owner=owner), None, by=owner)
    monkeypatch.setattr(services, "result_of", meeting(services.result_of))
    answers = at_once(*[lambda: type(services.answer(invitation, {1: Given(number=5)}, by=None))] * 2)
    assert set(answers) == {Response, ConflictError}
    assert Response.objects.count() == 1


def test_a_customer_who_waited_is_not_told_that_the_link_is_over():
    owner = make_user("owner")
    questionnaire = Questionnaire.objects.create(code="planted", title="x")
    version = services.add_version(questionnaire, parse_questions("score | Fine?")[0], by=owner)
    survey = services.open_round(version, "x", ends_at=timezone.now() + timedelta(days=1), by=owner)
    invitation = services.ask_person(survey, make_unit(owner=owner), None, by=owner)
    path = "/s/" + address_of(invitation).rsplit("/s/")[1]
    for held in (
        "select pg_advisory_xact_lock(4711)",
        f"select 1 from accounts_invitation where id = {invitation.pk} for update",
    ):
        with busy_with(held, []):
            answer = Client().post(path, {"q1": "5"}, headers={"Accept-Language": "en"})
        page = answer.content.decode()
        assert (answer.status_code, "Somebody else is saving" in page, 'name="q1"' in page) == (
            409,
            True,
            True,
        )
        assert not Response.objects.exists()
    assert Client().post(path, {"q1": "5"}).status_code == 200
