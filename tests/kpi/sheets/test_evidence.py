"""Grades suggested from trainings, tests, knowledge and kept promises: on the sheet, prefilled in the form, decided by the assessor (S-277)."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.knowledge import services_learning as learning
from accounts.knowledge.models import Suggestion, Training, TrainingPlace
from accounts.knowledge.terms import ArticleKind, Category
from kpi.sheets.evidence import suggested
from kpi.sheets.models import Grade, Sheet
from tests.factories.accounts import make_unit
from tests.factories.kpi import at, make_sheet

pytestmark = pytest.mark.django_db
ABILITIES = ("skill", "investigation", "problem_solving", "innovation")


def train(user, category, day, **place):
    training = Training.objects.create(
        title="产品培训", category=category, on=day, starts_at=time(9), ends_at=time(11), trainer="x", by=user
    )
    return TrainingPlace.objects.create(training=training, user=user, **place)


def promise(user, day, **more):
    unit = make_unit(f"单位{Suggestion.objects.count()}", owner=user)
    values = {"received_on": day, "due_on": day, "state_on": day, "text": "x", "owner": user} | more
    return Suggestion.objects.create(unit=unit, **values)


def learn(cast):
    """June of the owner: two of three product trainings, a test of 80, one of two articles read, one of two promises kept."""
    train(cast.owner, Category.PRODUCT, date(2026, 6, 3), attended=True, result="80 分")
    train(cast.owner, Category.COMPANY, date(2026, 6, 5), attended=True, result="通过")
    train(cast.owner, Category.ETIQUETTE, date(2026, 6, 8), attended=False)
    train(cast.owner, Category.PRODUCT, date(2026, 6, 9))  # nobody said yet who came
    train(cast.owner, Category.PRODUCT, date(2026, 5, 9), attended=False)  # another month
    train(cast.same_team, Category.PRODUCT, date(2026, 6, 9), attended=False)
    with at(date(2026, 6, 10)):
        for number in range(2):
            words = learning.Words(ArticleKind.ARTICLE, Category.PROFESSIONAL, f"规程{number}", "x")
            article = learning.write_article(words, by=cast.director)
        learning.note_reading(article, by=cast.owner)
    promise(
        cast.owner,
        date(2026, 6, 4),
        answered_on=date(2026, 6, 4),
        answer="好",
        state="adopted",
        outcome="做了",
    )
    promise(cast.owner, date(2026, 6, 5))
    promise(cast.owner, date(2026, 7, 5))


def test_evidence_of_the_period_suggests_grades(cast):
    learn(cast)
    sheet = make_sheet(cast.owner)
    with at(date(2026, 7, 2)):
        told = suggested(sheet, ABILITIES)
        assert {key: one.grade for key, one in told.items()} == {
            "skill": 3, "problem_solving": 3, "innovation": 5,
        }  # fmt: skip
        assert told["skill"].text == (
            "From the records: trainings attended: 2 of 3; test results: 80 of 100; articles read: 1 of 2."
        )
        assert suggested(sheet, ["negotiation"]) == {}
        with CaptureQueriesContext(connection) as caught:
            suggested(sheet, ABILITIES)
        assert len(caught) == 7
    sheet.state = "agreed"
    assert suggested(sheet, ABILITIES) == {}


def test_the_form_begins_with_the_suggestion_and_the_assessor_decides(cast, client_of):
    learn(cast)
    sheet = make_sheet(cast.owner)
    url = sheet.get_absolute_url()
    manager = client_of(cast.manager)
    with at(date(2026, 7, 2)):
        assert "Suggested: 3 of 5." in manager.get(url).content.decode()
        form = manager.get(f"{url}rate/").context["form"]
        begun = {
            key: (form[f"grade_{key}"].initial, bool(form[f"evidence_{key}"].initial)) for key in ABILITIES
        }
        assert begun == {
            "skill": (3, True), "investigation": ("", False), "problem_solving": (3, True), "innovation": (5, True),
        }  # fmt: skip
        assert not Grade.objects.exists()
        told = {"version": sheet.version, "grade_skill": "4", "evidence_skill": "客户称赞"}
        assert manager.post(f"{url}rate/", told).status_code == 302
        assert list(Grade.objects.values_list("indicator", "grade", "evidence")) == [("skill", 4, "客户称赞")]
        assert manager.get(f"{url}rate/").context["form"]["grade_skill"].initial == 4
        assert client_of(cast.owner).get(f"{url}rate/").status_code == 403
    Sheet.objects.filter(pk=sheet.pk).update(state="closed")
    assert "Suggested:" not in manager.get(url).content.decode()
