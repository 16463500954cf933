"""The map in the browser: any day, the comparison, placing people, and who may."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.charts.selectors import history_of, last_quarter_end
from accounts.persons.models import Person, PersonFact
from accounts.persons.services import add_person, assess_person, edit_person, mark_left, set_role
from accounts.persons.terms import BuyerRole, Confidence, RelationKind
from accounts.persons.ties import end_relation, relate
from kam.core.clock import business_date
from tests.factories.accounts import make_person, make_unit

MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)


@pytest.fixture
def unit(cast):
    return make_unit("泉州商会", owner=cast.owner)


@pytest.fixture
def story(unit, cast, time_machine):
    """Xu and Cai since January; in May Cai moved, turned against us, and Huang came; in June Xu left."""

    def on(month, day=4):
        time_machine.move_to(f"2026-{month:02}-{day:02}T10:00:00+08:00", tick=False)

    on(1)
    xu = add_person(unit, {"name": "许志远", "post": "会长"}, by=cast.owner)
    cai = add_person(
        unit,
        {"name": "蔡文斌", "post": "秘书", "reports_to": xu},
        by=cast.owner,
        assessment={"attitude": "neutral"},
    )
    set_role(xu, BuyerRole.DECISION_MAKER, by=cast.owner)
    tie = relate(cai, RelationKind.TRUSTS, other=xu, by=cast.owner)
    on(5)
    edit_person(cai, {"post": "办公室主任", "reports_to": None}, by=cast.owner)
    assess_person(cai, {"attitude": "opposes", "influence": 4}, learned_on=business_date(), by=cast.owner)
    set_role(xu, BuyerRole.DECISION_MAKER, confidence=Confidence.CONFIRMED, by=cast.owner)
    huang = add_person(unit, {"name": "黄秀梅"}, by=cast.owner)
    relate(huang, RelationKind.KNOWS, staff=cast.owner, by=cast.owner)
    end_relation(tie, by=cast.owner)
    on(6, 10)
    mark_left(xu, by=cast.owner)
    on(7)
    return {"xu": xu, "cai": cai, "huang": huang}


def names(picture):
    return [figure.name for figure in picture.figures]


def test_each_day_shows_what_was_known_then(unit, story):
    history = history_of(unit)
    assert names(history.on(date(2026, 1, 3))) == []
    march, may, june = (history.on(day) for day in (MARCH, date(2026, 5, 4), JUNE))
    assert [names(picture) for picture in (march, may, june)] == [
        ["许志远", "蔡文斌"],
        ["许志远", "蔡文斌", "黄秀梅"],
        ["蔡文斌", "黄秀梅"],
    ]
    old, new = march.figures[1], may.figures[1]
    assert (old.post, old.boss_id, old.attitude, old.influence) == ("秘书", story["xu"].pk, "neutral", None)
    assert (new.post, new.boss_id, new.attitude, new.influence) == ("办公室主任", None, "opposes", 4)
    assert [held.is_assumed for held in march.figures[0].seats] == [True]
    assert [held.is_assumed for held in may.figures[0].seats] == [False]
    assert [tie.kind for tie in march.ties] == ["trusts"]
    assert [tie.staff_name for tie in may.ties] == ["Owner"]
    assert len(june.empty_seats) == 4
    assert ["许志远" in names(history.on(date(2026, 6, day))) for day in (9, 10)] == [True, False]


def test_the_map_tells_what_changed_since_the_last_quarter(unit, story, cast, client_of):
    page = client_of(cast.owner).get(
        f"/accounts/{unit.pk}/map/?on=2026-06-30&against=quarter&ties=on&staff=on"
    )
    text = page.content.decode()
    for sentence in (
        "许志远 is gone",
        "蔡文斌: post 办公室主任 instead of 秘书",
        "蔡文斌 reports to – instead of 许志远",
        "蔡文斌: attitude Opposes instead of Neutral",
        "蔡文斌: influence 4 instead of –",
        "黄秀梅 is new",
        "蔡文斌 trusts 许志远: over",
        "黄秀梅 knows Owner: new",
    ):
        assert sentence in text
    assert text.count("Empty seat") == 4


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 1, 1), date(2025, 12, 31)),
        (date(2026, 3, 31), date(2025, 12, 31)),
        (date(2026, 4, 1), MARCH),
        (date(2026, 12, 31), date(2026, 9, 30)),
    ],
)
def test_the_last_quarter_ends_before_the_day(day, before):
    assert last_quarter_end(day) == before


@pytest.mark.parametrize(
    "query", ["on=nonsense", "on=2999-01-01", "on=0001-01-01", "against=x", "on=%00", "on=2026-02-30"]
)
def test_nonsense_in_the_address_is_today(unit, cast, client_of, query):
    make_person(unit, "许志远")
    answer = client_of(cast.owner).get(f"/accounts/{unit.pk}/map/?{query}")
    assert answer.status_code in {200, 400}
    assert answer.status_code == 400 or "许志远" in answer.content.decode()


def test_a_day_before_anybody_was_known_says_since_when(unit, story, cast, client_of):
    text = client_of(cast.owner).get(f"/accounts/{unit.pk}/map/?on=2025-06-30").content.decode()
    assert "Nobody was known here before" in text


def place(client, person, **values):
    body = {"version": person.version, "post": person.post, "department": "", "reports_to": ""} | values
    return client.post(f"/persons/{person.pk}/place/", body)


def test_placing_a_person_writes_the_place_with_its_date(unit, cast, client_of):
    boss, person = make_person(unit, "许志远"), make_person(unit, "蔡文斌")
    answer = place(client_of(cast.owner), person, post="主任", department="办公室", reports_to=boss.pk)
    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.post, person.department, person.reports_to) == ("主任", "办公室", boss)
    facts = PersonFact.objects.filter(person=person).values_list("field", "value", "learned_on")
    assert sorted(facts) == [
        ("department", "办公室", business_date()),
        ("post", "主任", business_date()),
        ("reports_to", boss.pk, business_date()),
    ]


def test_a_dropped_card_gets_its_boss_and_the_new_map(unit, cast, client_of):
    boss, person = make_person(unit, "许志远"), make_person(unit, "蔡文斌")
    body = {"version": person.version, "reports_to": boss.pk}
    answer = client_of(cast.owner).post(f"/persons/{person.pk}/boss/", body)
    assert answer.status_code == 200
    assert "reports to 许志远" in answer.content.decode()
    assert Person.objects.get(pk=person.pk).reports_to == boss


def refused(client, person, body, status, text):
    before = (list(Person.objects.order_by("pk").values()), PersonFact.objects.count())
    answer = client.post(f"/persons/{person.pk}/boss/", body)
    assert answer.status_code == status
    assert text in answer.content.decode()
    assert (list(Person.objects.order_by("pk").values()), PersonFact.objects.count()) == before


def test_drops_that_make_no_sense_are_refused_and_change_nothing(unit, cast, client_of):
    client = client_of(cast.owner)
    boss = make_person(unit, "许志远")
    person = make_person(unit, "蔡文斌", reports_to=boss)
    stranger = make_person(make_unit("株洲商会", owner=cast.owner))
    gone = make_person(unit, "Gone", left_on=date(2026, 5, 1))
    refused(client, boss, {"version": boss.version, "reports_to": person.pk}, 422, "that would be a circle")
    refused(client, boss, {"version": boss.version, "reports_to": boss.pk}, 422, "that would be a circle")
    refused(client, person, {"version": person.version + 1, "reports_to": boss.pk}, 409, "Somebody changed")
    refused(client, person, {"version": person.version, "reports_to": stranger.pk}, 422, "not at this unit")
    refused(client, person, {"version": person.version, "reports_to": gone.pk}, 422, "not at this unit")
    refused(client, person, {"reports_to": boss.pk}, 422, "not at this unit")


def test_who_may_not_edit_gets_the_map_without_handles(unit, cast, client_of):
    make_person(unit, "许志远")
    text = client_of(cast.lead).get(f"/accounts/{unit.pk}/map/").content.decode()
    assert "许志远" in text
    assert "data-boss" not in text
    assert "/place/" not in text


def test_a_past_day_cannot_be_edited(unit, story, cast, client_of):
    text = client_of(cast.owner).get(f"/accounts/{unit.pk}/map/?on=2026-03-31").content.decode()
    assert "data-boss" not in text


def test_the_number_of_queries_does_not_depend_on_the_number_of_persons(unit, cast, client_of):
    client = client_of(cast.owner)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/accounts/{unit.pk}/map/")
        return len(queries)

    def fill(count):
        boss = None
        for n in range(count):
            boss = add_person(
                unit, {"name": f"P{n}", "reports_to": boss}, by=cast.owner, assessment={"attitude": "neutral"}
            )
            relate(boss, RelationKind.KNOWS, staff=cast.owner, by=cast.owner)

    fill(2)
    ask()
    few = ask()
    fill(20)
    assert ask() == few


def test_the_map_is_a_tab_of_the_record(unit, cast, client_of):
    make_person(unit, "许志远")
    text = client_of(cast.owner).get(f"/accounts/{unit.pk}/tabs/map/").content.decode()
    assert "data-map" in text
    assert "许志远" in text


def test_names_with_markup_stay_text_on_the_map(unit, cast, client_of):
    make_person(unit, "<script>alert(1)</script>", post="=1+1")
    text = client_of(cast.owner).get(f"/accounts/{unit.pk}/map/").content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text
