"""Reading by API: the rows of the pages and no more, every refusal as a problem, nothing changed by any of them."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from campaigns.deals.models import Deal
from campaigns.quotes.models import Quote
from kam.api.models import ApiAnswer, ApiToken
from kam.api.registry import all_resources
from kam.api.services import forget_keys, make_token, revoke_token
from kam.api.terms import MOST_A_MINUTE
from kam.approvals.routes import load_default_routes
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from tests.factories.accounts import make_person, make_unit
from tests.factories.budgets import line_of, make_budget, make_reservation
from tests.factories.campaigns import make_campaign, make_deal, make_rules
from tests.factories.gifts import make_gift, make_item
from tests.factories.kpi import make_sheet
from tests.factories.visits import make_visit
from visits.followups.models import FollowUp

pytestmark = pytest.mark.django_db
ASK = {"campaign": "housing-2026", "channel": "chamber", "unit_price": "3400", "area": "130", "sets": 9}


def token_of(user, *scopes):
    return make_token(user, "t", scopes or ("accounts", "deals", "quotes"), expires_on=business_date())


class Caller:
    def __init__(self, secret):
        self.client, self.headers = Client(), {"Authorization": f"Bearer {secret}"} if secret else {}

    def get(self, path):
        return self.client.get(f"/api/v1/{path}", headers=self.headers)

    def preview(self, told, key="k-1", **more):
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        body = told if isinstance(told, str) else json.dumps(told)
        return self.client.post(
            "/api/v1/quotes/preview", body, content_type="application/json", headers=headers
        )


def problem(answer, status, code):
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    told = answer.json()
    assert (told["status"], told["type"]) == (status, f"urn:kam:problem:{code}")
    assert told["detail"]


@pytest.fixture
def deals(cast):
    campaign = make_campaign(window_from=None, window_to=None)
    make_rules(campaign, sets=9)
    own, other = (make_unit(owner=who, channel="chamber") for who in (cast.owner, cast.other_team))
    return [make_deal(own, campaign, "甲"), make_deal(own, campaign, "乙"), make_deal(other, campaign, "丙")]


def test_only_the_rows_of_the_pages_page_by_page(cast, deals):
    caller = Caller(token_of(cast.owner)[1])
    first = caller.get("deals?limit=1").json()
    assert ([row["id"] for row in first["rows"]], first["next"]) == ([deals[0].pk], deals[0].pk)
    second = caller.get(f"deals?limit=1&after={first['next']}").json()
    assert ([row["id"] for row in second["rows"]], second["next"]) == ([deals[1].pk], None)
    assert caller.get(f"deals/{deals[0].pk}").json()["campaign"] == "housing-2026"
    problem(caller.get(f"deals/{deals[2].pk}"), 404, "not_found")
    assert [row["id"] for row in caller.get("accounts").json()["rows"]] == [deals[0].unit_id]
    boss = Caller(token_of(cast.director)[1])
    assert len(boss.get("deals").json()["rows"]) == 3
    described = caller.get("openapi.json").json()
    assert set(caller.get("deals").json()["rows"][0]) == set(
        described["components"]["schemas"]["deals"]["properties"]
    )
    assert {"/deals", "/deals/{id}", "/quotes/preview", "/accounts"} <= described["paths"].keys()


def test_each_refusal_is_a_problem(cast, deals):
    row, secret = token_of(cast.owner)
    caller = Caller(secret)
    problem(Caller("").get("deals"), 401, "unauthorized")
    problem(Caller("kam_x").get("deals"), 401, "unauthorized")
    problem(caller.get("rebates"), 403, "scope")
    row.refresh_from_db()
    assert row.minute_count == 1
    problem(caller.get("deals?limit=x"), 400, "parameter")
    problem(caller.get("deals?after=x"), 400, "parameter")
    problem(caller.client.post("/api/v1/deals", headers=caller.headers), 405, "method")
    problem(Caller(token_of(cast.hr)[1]).get("accounts"), 403, "forbidden")
    ApiToken.objects.filter(pk=row.pk).update(minute_began=timezone.now(), minute_count=MOST_A_MINUTE)
    busy = caller.get("deals")
    problem(busy, 429, "too_many")
    assert int(busy.headers["Retry-After"]) > 0
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        problem(caller.get("deals"), 401, "unauthorized")
    revoke_token(row, by=cast.owner)
    problem(caller.get("deals"), 401, "unauthorized")
    secret = token_of(cast.other_team)[1]
    cast.other_team.is_active = False
    cast.other_team.save()
    problem(Caller(secret).get("deals"), 401, "unauthorized")


def test_the_price_of_a_set_as_the_command_tells_it(cast, deals):
    caller = Caller(token_of(cast.owner)[1])
    told = caller.preview(ASK).json()
    assert (told["final"], told["saving"], told["group"]["state"]) == ("424496.80", "17503.20", "reached")
    assert caller.preview(ASK).json() == told
    of_unit = ASK | {"unit": deals[0].unit_id, "sets": 1}
    del of_unit["channel"]
    assert caller.preview(of_unit, "k-2").json()["group"]["missing"] == 8
    problem(caller.preview(ASK | {"sets": 8}), 422, "key_reused")
    problem(caller.preview(ASK | {"unit": deals[2].unit_id}, "k-3"), 404, "not_found")
    problem(caller.preview(ASK, ""), 400, "no_key")
    problem(caller.preview("[]", "k-3"), 400, "no_json")
    for broken in ("{", "[" * 60_000, '{"campaign": "\\u0000"}', '{"on": ["\\ud800"]}'):
        problem(caller.preview(broken, "k-3"), 400, "no_json")
    problem(caller.preview(ASK | {"more": "x" * 70_000}, "k-3"), 413, "too_large")
    for name, value in (
        ("campaign", "x"), ("channel", "x"), ("unit_price", 3400), ("unit_price", "0"), ("area", "x"),
        ("sets", 0), ("sets", "9"), ("payment", "x"), ("on", "x"),
    ):  # fmt: skip
        problem(caller.preview(ASK | {name: value}, "k-3"), 422, name)
    problem(Caller(token_of(cast.hr)[1]).preview(ASK), 403, "forbidden")
    assert (ApiAnswer.objects.count(), Quote.objects.count(), Deal.objects.count()) == (2, 0, 3)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        forget_keys()
    assert not ApiAnswer.objects.exists()


def test_a_token_is_made_only_after_the_password(cast, client_of):
    cast.owner.set_password("a sentence to remember")
    cast.owner.save(update_fields=["password"])
    client, day = client_of(cast.owner), business_date().isoformat()
    body = {"name": "月报", "scopes": ["deals"], "expires_on": day}
    asked = client.post("/me/tokens/", body)
    assert (asked.status_code, ApiToken.objects.count()) == (302, 0)
    assert asked.headers["Location"] == "/login/again/?next=%2Fme%2Ftokens%2F"
    client.post(asked.headers["Location"], {"password": "wrong"})
    assert not ApiToken.objects.exists()
    page = client.post(asked.headers["Location"], {"password": "a sentence to remember"}).content.decode()
    assert (page.count("<code>kam_"), ApiToken.objects.get().name) == (1, "月报")


def test_what_a_program_read_stands_in_the_audit(cast, deals):
    caller = Caller(token_of(cast.owner)[1])
    caller.get("deals?limit=1")
    caller.get(f"deals?after={deals[0].pk}")
    caller.get(f"deals?after={deals[1].pk}")
    caller.get(f"deals/{deals[1].pk}")
    caller.get(f"deals/{deals[2].pk}")
    rows = AuditEntry.objects.filter(act="api.rows.read").order_by("pk")
    assert {row.actor for row in rows} == {cast.owner}
    assert [row.changes for row in rows] == [
        {"list": [None, "deals"], "query": [None, f"after={after}"], "rows": [None, 1]}
        for after in (0, deals[0].pk, deals[1].pk - 1)
    ]


def test_a_token_is_shown_once_and_revoked(cast, client_of, fresh_client_of):
    client, day = fresh_client_of(cast.owner), business_date().isoformat()
    body = {"name": "月报", "scopes": ["deals"], "expires_on": day}
    for wrong in ({"scopes": []}, {"scopes": ["x"]}, {"expires_on": "2020-01-01"}, {"name": ""}):
        assert client.post("/me/tokens/", body | wrong).status_code == 422
    assert not ApiToken.objects.exists()
    page = client.post("/me/tokens/", body).content.decode()
    secret = page.partition("<code>kam_")[2].partition("</code>")[0]
    row = ApiToken.objects.get()
    assert (len(secret) > 30, row.digest.isalnum()) == (True, True)
    assert secret not in client.get("/me/tokens/").content.decode()
    assert client_of(cast.same_team).post(f"/me/tokens/{row.pk}/revoke/").status_code == 404
    assert client.post(f"/me/tokens/{row.pk}/revoke/").status_code == 302
    assert client.post(f"/me/tokens/{row.pk}/revoke/").status_code == 403
    for _n in range(10):
        token_of(cast.owner)
    with pytest.raises(BusinessError, match="revoke one first"):
        token_of(cast.owner)


def test_what_a_token_may_not_ask_for_counts_towards_its_pace(cast):
    row, secret = token_of(cast.owner, "accounts")
    caller = Caller(secret)
    for _ in range(3):
        problem(caller.get("deals"), 403, "scope")
    problem(caller.get("accounts?limit=x"), 400, "parameter")
    row.refresh_from_db()
    assert (row.minute_count, row.used_at is not None) == (4, True)
    ApiToken.objects.filter(pk=row.pk).update(minute_count=MOST_A_MINUTE)
    problem(caller.get("deals"), 429, "too_many")


def test_every_resource_answers_as_it_is_described_with_the_rows_of_the_pages(
    cast, django_assert_max_num_queries
):
    own, other = (make_unit(owner=who, channel="chamber") for who in (cast.owner, cast.other_team))
    persons = [make_person(unit, mobile="13812345678", official="no") for unit in (own, other)]
    visits = [make_visit(p.unit, p, user=p.unit.owner, on=business_date()) for p in persons]
    for who in (cast.owner, cast.other_team):
        FollowUp.objects.create(user=who, day=business_date())
    campaign, budget = make_campaign(), make_budget(cast.manager)
    make_reservation(budget, cast.finance, 100)
    line = line_of(budget, "普通礼品")
    load_default_routes()
    for who in (cast.owner, cast.other_team):
        make_sheet(who)
    gifts = [make_gift(p, make_item(f"{p.pk}"), line, p.unit.owner) for p in persons]
    names = {one.name for one in all_resources()}
    caller = Caller(token_of(cast.owner, *names)[1])
    schemas = caller.get("openapi.json").json()["components"]["schemas"]
    told = {}
    for name in names - {"deals", "quotes", "rebates", "teams"}:
        with django_assert_max_num_queries(14):
            told[name] = caller.get(name).json()["rows"]
        assert set(told[name][0]) == set(schemas[name]["properties"]), name
    seen = {name: [row["id"] for row in rows] for name, rows in told.items()}
    assert (seen["accounts"], seen["persons"], seen["visits"]) == ([own.pk], [persons[0].pk], [visits[0].pk])
    assert ([row["user"] for row in told["follow-ups"]], seen["gifts"]) == (
        [cast.owner.staff_number],
        [gifts[0].pk],
    )
    assert {row["requester"] for row in told["approvals"]} == {cast.owner.staff_number}
    assert [(row["user"], row["points"]) for row in told["kpi-sheets"]] == [(cast.owner.staff_number, None)]
    assert told["persons"][0]["mobile"] == "138••••5678"
    assert (seen["users"], seen["campaigns"]) == ([cast.owner.pk], [campaign.pk])
    (money,) = told["budgets"]
    assert (money["budgeted"], money["reserved"], money["free"]) == ("55000.00", "100.00", "54900.00")
    assert told["budget-entries"][-1]["reserved"] == "100.00"
    problem(caller.get(f"persons/{persons[1].pk}"), 404, "not_found")
    problem(caller.get(f"visits/{visits[1].pk}"), 404, "not_found")


def test_who_sees_nothing_of_a_kind_is_refused_it(cast):
    caller = Caller(token_of(cast.hr, *(one.name for one in all_resources()))[1])
    for name in ("persons", "visits", "follow-ups", "users", "teams", "gifts", "budgets", "budget-entries"):
        problem(caller.get(name), 403, "forbidden")
