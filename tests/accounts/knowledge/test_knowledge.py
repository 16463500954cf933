"""Suggestions, support, articles, training and standards through services and pages; refusals change nothing."""

from datetime import date, time, timedelta
from itertools import count

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from accounts.knowledge.models import (
    Article,
    ArticleReading,
    ArticleRevision,
    ServiceStandard,
    Suggestion,
    SupportRequest,
    Training,
    TrainingPlace,
)
from accounts.knowledge.selectors import cooperation_rates, standings, suggestions_in_time, waiting_for
from accounts.knowledge.services import (
    answer_suggestion,
    ask_for_support,
    assign_suggestion,
    move_support,
    rate_support,
    record_suggestion,
    settle_suggestion,
)
from accounts.knowledge.services_learning import (
    Words,
    add_standard,
    change_standard,
    note_reading,
    note_result,
    plan_training,
    retire_article,
    revise_article,
    write_article,
)
from accounts.knowledge.terms import ArticleKind, Category, Department, SuggestionState, SupportState
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.core.periods import Period
from kam.outbox.models import Notice
from tests.factories.accounts import make_person, make_unit

DAY = date(2026, 3, 6)
WORDS = Words(ArticleKind.ARTICLE, Category.PRODUCT, "团购折扣", "先问渠道。")


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


def suggest(unit, cast, owner=None, on=DAY):
    return record_suggestion(unit, "周末看房班车", owner=owner or cast.owner, by=cast.owner, on=on)


def support(cast, **values):
    given = {"department": Department.MARKETING, "helper": cast.clerk, "due_on": business_date()} | values
    return ask_for_support("leaflet", by=cast.owner, **given)


def test_a_suggestion_is_answered_and_passed_on(unit, cast):
    row = suggest(unit, cast)
    assert row.due_on == date(2026, 3, 10)
    (item,) = waiting_for([cast.owner], date(2026, 3, 11))[cast.owner.pk]
    assert (item.label, item.is_overdue) == ("泉州商会", True)
    row = answer_suggestion(row, "passed on", by=cast.owner)
    assert waiting_for([cast.owner], date(2026, 3, 11)) == {}
    row = settle_suggestion(row, SuggestionState.PASSED_ON, department=Department.PLANNING, by=cast.owner)
    row = settle_suggestion(row, SuggestionState.ADOPTED, text="from May on", by=cast.owner)
    assert (row.state, row.department, row.outcome) == ("adopted", "planning", "from May on")
    assert suggestions_in_time(Period(DAY, DAY)) == 0


def test_refused_suggestions_change_nothing(unit, cast):
    row = answer_suggestion(suggest(unit, cast), "yes", by=cast.owner)
    stranger = make_person(make_unit(owner=cast.owner))
    before = Suggestion.objects.values().get()
    for act in (
        lambda: answer_suggestion(row, "again", by=cast.owner),
        lambda: answer_suggestion(row, "again", by=cast.owner, version=9),
        lambda: settle_suggestion(row, SuggestionState.PASSED_ON, by=cast.owner),
        lambda: settle_suggestion(row, SuggestionState.ADOPTED, by=cast.owner),
        lambda: assign_suggestion(row, cast.gone, by=cast.manager),
        lambda: record_suggestion(unit, " ", owner=cast.owner, by=None),
        lambda: record_suggestion(unit, "x", owner=cast.owner, by=None, on=date(2199, 1, 1)),
        lambda: record_suggestion(unit, "x", owner=cast.owner, by=None, person=stranger),
    ):
        with pytest.raises(BusinessError):
            act()
    assert Suggestion.objects.values().get() == before
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.update(answer="")


def test_support_is_accepted_done_and_rated_and_counts(cast):
    row = support(cast)
    assert Notice.objects.filter(to=cast.clerk, kind="accounts.support").exists()
    for act in (
        lambda: move_support(row, SupportState.DONE, text="x", by=cast.clerk),
        lambda: rate_support(row, 5, by=cast.owner),
        lambda: support(cast, helper=cast.owner),
        lambda: support(cast, helper=cast.gone),
        lambda: support(cast, due_on=business_date() - timedelta(1)),
    ):
        with pytest.raises(BusinessError):
            act()
    assert (SupportRequest.objects.count(), SupportRequest.objects.get().state) == (1, "requested")
    row = move_support(row, SupportState.ACCEPTED, by=cast.clerk)
    row = move_support(row, SupportState.DONE, text="sent", by=cast.clerk)
    assert rate_support(row, 4, by=cast.owner).rating == 4
    today = business_date()
    assert cooperation_rates([cast.clerk, cast.hr], Period(today, today), today) == {
        cast.clerk.pk: 100,
        cast.hr.pk: None,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportRequest.objects.update(rating=6)


def test_an_article_is_revised_and_read_anew(cast):
    article = write_article(WORDS, by=cast.owner)
    note_reading(article, by=cast.same_team)
    note_reading(article, by=cast.same_team)
    assert ArticleReading.objects.count() == 1
    assert revise_article(article, WORDS, by=cast.owner).revision == 1
    newer = Words(WORDS.kind, WORDS.category, WORDS.title, "再数套数。")
    article = revise_article(article, newer, by=cast.manager, version=1)
    assert (article.revision, ArticleRevision.objects.count()) == (2, 2)
    with pytest.raises(ConflictError):
        revise_article(article, WORDS, by=cast.owner, version=1)
    misplaced = Words(ArticleKind.ARTICLE, Category.RETENTION, "x", "x")
    with pytest.raises(BusinessError):
        write_article(misplaced, by=cast.owner)
    retire_article(article, by=cast.owner)
    with pytest.raises(BusinessError):
        revise_article(article, WORDS, by=cast.owner)
    assert (Article.objects.count(), Article.objects.get().text) == (1, "再数套数。")
    with pytest.raises(DatabaseError), transaction.atomic():
        ArticleRevision.objects.update(text="forged")


def training(cast, on, people=()):
    values = {
        "title": "VIP",
        "category": Category.PROFESSIONAL,
        "on": on,
        "starts_at": time(9),
        "ends_at": time(11),
        "trainer": "Wang",
    }
    return plan_training(values, people, by=cast.manager)


def test_a_training_has_places_and_results(cast):
    session = training(cast, business_date(), [cast.owner, cast.lead, cast.gone])
    assert {row.user for row in session.places.all()} == {cast.owner, cast.lead}
    place = session.places.get(user=cast.owner)
    assert note_result(place, attended=True, result="passed", by=cast.manager).attended is True
    later = training(cast, business_date() + timedelta(1), [cast.owner])
    with pytest.raises(BusinessError):
        note_result(later.places.get(), attended=True, result="", by=cast.manager)
    with pytest.raises(BusinessError):
        plan_training({"starts_at": time(9), "ends_at": time(9)}, [], by=cast.manager)
    assert (Training.objects.count(), later.places.get().attended) == (2, None)


def test_standards_stand_beside_what_was_done(unit, cast):
    suggest(unit, cast, on=business_date())
    row = next(row for row in standings() if row.standard.code == "suggestions")
    assert (row.actual, row.is_met) == (None, None)  # still within its time
    answer_suggestion(Suggestion.objects.get(), "yes", by=cast.owner)
    row = next(row for row in standings() if row.standard.code == "suggestions")
    assert (row.actual, row.is_met) == (100, True)
    values = {"code": "own", "label": "Own", "measure": "", "better": "lower", "target": 3}
    made = add_standard(values, by=cast.director)
    with pytest.raises(BusinessError):
        change_standard(made, {"measure": "made_up"}, by=cast.director)
    assert change_standard(made, {"label": "Other"}, by=cast.director).label == "Other"
    assert ServiceStandard.objects.get(code="own").measure == ""


def test_pages_of_suggestions_and_support(unit, cast, client_of):
    client = client_of(cast.owner)
    body = {"text": "班车", "received_on": "2026-03-06", "owner": cast.owner.pk}
    bad = client.post(f"/accounts/{unit.pk}/suggestions/new/", body | {"text": ""})
    assert (bad.status_code, Suggestion.objects.count()) == (422, 0)
    assert client.post(f"/accounts/{unit.pk}/suggestions/new/", body).status_code == 302
    row = Suggestion.objects.get()
    assert f"/suggestions/{row.pk}/" in client.get("/").content.decode()
    said = client.post(f"/suggestions/{row.pk}/answer/", {"text": "好的", "version": "1"})
    settled = client.post(
        f"/suggestions/{row.pk}/settle/",
        {"to": "passed_on", "department": "planning", "text": "", "version": "2"},
    )
    assert (said.status_code, settled.status_code) == (302, 302)
    assert "好的" in client.get(f"/suggestions/{row.pk}/").content.decode()
    assert "班车" in client.get(f"/accounts/{unit.pk}/tabs/suggestions/").content.decode()
    assert "班车" in client.get(f"/accounts/{unit.pk}/timeline/").content.decode()
    assert "泉州商会" not in client_of(cast.same_team).get("/suggestions/").content.decode()
    asked = client.post(
        "/support/new/",
        {"text": "leaflet", "department": "marketing", "helper": cast.clerk.pk, "due_on": business_date()},
    )
    request = SupportRequest.objects.get()
    assert asked.headers["Location"] == f"/support/{request.pk}/"
    helper = client_of(cast.clerk)
    refused = helper.post(f"/support/{request.pk}/move/", {"to": "refused", "text": "", "version": "1"})
    assert (refused.status_code, SupportRequest.objects.get().state) == (422, "requested")
    assert helper.post(f"/support/{request.pk}/move/", {"to": "accepted", "version": "1"}).status_code == 302
    done = {"to": "done", "text": "sent", "version": "2"}
    assert helper.post(f"/support/{request.pk}/move/", done).status_code == 302
    assert client.post(f"/support/{request.pk}/rate/", {"rating": "5", "version": "3"}).status_code == 302
    assert SupportRequest.objects.get().rating == 5
    assert client_of(cast.other_team).get(f"/support/{request.pk}/").status_code == 404
    assert "leaflet" in client_of(cast.manager).get("/support/").content.decode()


def test_pages_of_knowledge_and_training(unit, cast, client_of):
    client = client_of(cast.owner)
    body = {
        "kind": "case",
        "category": "complaint",
        "title": "礼盒晚到",
        "text": "先到现场。",
        "unit": unit.pk,
    }
    assert client.post("/knowledge/new/", body | {"category": "product"}).status_code == 422
    assert client.post("/knowledge/new/", body).status_code == 302
    article = Article.objects.get()
    assert "泉州商会" in client.get(f"/knowledge/{article.pk}/").content.decode()
    far = client_of(cast.other_team)
    page = far.get(f"/knowledge/{article.pk}/").content.decode()
    assert ("先到现场。" in page, "泉州商会" in page) == (True, False)
    assert far.post(f"/knowledge/{article.pk}/read/").status_code == 302
    assert cast.other_team.name in client.get(f"/knowledge/{article.pk}/").content.decode()
    for words in ("lihe", "礼盒", "现场"):
        assert "礼盒晚到" in far.get("/knowledge/", {"q": words}).content.decode(), words
    boss = client_of(cast.manager)
    plan = {
        "title": "VIP",
        "category": "product",
        "on": business_date(),
        "starts_at": "09:00",
        "ends_at": "11:00",
        "trainer": "Wang",
        "people": [cast.owner.pk],
    }
    assert boss.post("/trainings/new/", plan | {"ends_at": "08:00"}).status_code == 422
    assert boss.post("/trainings/new/", plan).status_code == 302
    place = TrainingPlace.objects.get()
    result = {"attended": "on", "result": "passed well"}
    assert boss.post(f"/trainings/places/{place.pk}/", result).status_code == 302
    mine = client.get(f"/trainings/{place.training_id}/").content.decode()
    theirs = far.get(f"/trainings/{place.training_id}/").content.decode()
    assert ("passed well" in mine, "passed well" in theirs) == (True, False)
    assert "95.00" in far.get("/standards/").content.decode()


def test_lists_cost_the_same_for_many(unit, cast, client_of):
    client, ahead = client_of(cast.owner), count(1)  # nobody can be at two sessions at once

    def ask():
        with CaptureQueriesContext(connection) as queries:
            for page in ("/suggestions/", "/support/", "/knowledge/", "/trainings/"):
                answer = client.get(page)
                assert (answer.status_code, "functools" in answer.content.decode()) == (200, False)
        return len(queries)

    def one_more():
        suggest(unit, cast)
        support(cast)
        write_article(WORDS, by=cast.owner)
        training(cast, business_date() + timedelta(next(ahead)), [cast.owner])

    one_more()
    ask()
    few = ask()
    for _n in range(3):
        one_more()
    assert ask() == few
