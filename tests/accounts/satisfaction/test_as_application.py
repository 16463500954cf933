"""Questions, answers, statements in a crisis and revisions of articles only grow: the application's role cannot change them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.complaints.services import Received, record_complaint
from accounts.complaints.services_crisis import open_crisis, say_in_crisis
from accounts.complaints.terms import ComplaintKind, Severity
from accounts.contacts.terms import ContactChannel
from accounts.knowledge.services_learning import Words, write_article
from accounts.knowledge.terms import ArticleKind, Category
from accounts.satisfaction.models import Questionnaire
from accounts.satisfaction.rules import Given, parse_questions
from accounts.satisfaction.services import add_version, answer, ask_person, open_round
from kam.core.clock import business_date
from tests.application import attempts, contents_of, refusals
from tests.factories.accounts import make_unit
from tests.factories.kam import make_user

pytestmark = pytest.mark.django_db(transaction=True)

TABLES = (
    "accounts_questionnaireversion",
    "accounts_question",
    "accounts_response",
    "accounts_answer",
    "accounts_crisisstatement",
    "accounts_articlerevision",
)


def test_the_application_cannot_change_what_only_grows(as_application):
    owner = make_user("learning")
    unit = make_unit(owner=owner)
    questionnaire = Questionnaire.objects.create(code="planted", title="x")
    version = add_version(questionnaire, parse_questions("score | Fine?")[0], by=owner)
    survey = open_round(version, "x", ends_at=timezone.now() + timedelta(days=1), by=owner)
    answer(ask_person(survey, unit, None, by=owner), {1: Given(number=5)}, by=None)
    received = Received(ComplaintKind.QUALITY, Severity.SEVERE, "x", ContactChannel.CALL, business_date())
    crisis = open_crisis(record_complaint(unit, received, owner=owner, by=owner), leader=owner, by=owner)
    say_in_crisis(crisis, "x", audience="press", by=owner)
    write_article(Words(ArticleKind.ARTICLE, Category.PRODUCT, "x", "x"), by=owner)
    before = contents_of(TABLES)
    assert all(count for count, _digest in before.values())
    keys = dict.fromkeys(TABLES, "id")
    assert refusals(as_application, keys) == dict.fromkeys(attempts(keys), "InsufficientPrivilege")
    assert contents_of(TABLES) == before
