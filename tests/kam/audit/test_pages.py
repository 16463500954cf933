"""The history panel and the search page."""

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.units.services import edit_unit
from kam.audit import registry
from kam.audit.context import AuditContext, acting, system
from kam.audit.services import record
from tests.factories.accounts import make_unit
from tests.kam.audit.acts import THING_CHANGED

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(cast):
    with acting(AuditContext("web", "10.0.0.7", "abc123def")):
        record(
            THING_CHANGED,
            cast.owner,
            by=cast.manager,
            acting_for=cast.director,
            changes={
                "mobile": ("13900001111", "13800002222"),
                "position": ("specialist", "manager"),
                "is_active": (True, False),
            },
            personal=("mobile",),
            reason="Because",
        )
    return cast.owner


def panel(obj, viewer):
    request = RequestFactory().get("/")
    request.user = viewer
    return Template("{% load audit_tags %}{% history obj %}").render(
        Context({"obj": obj, "request": request})
    )


def test_the_history_reads_like_sentences(changed, cast):
    text = panel(changed, cast.owner)
    for part in (
        "Visit",
        "Manager",
        "for Director",
        "Because",
        "Key-account specialist → Key-account manager",
    ):
        assert part in text
    assert "yes → no" in text


def test_personal_values_are_masked_unless_the_room_opens_them(changed, cast, monkeypatch):
    assert "13800002222" not in panel(changed, cast.owner)
    assert "sha256" not in panel(changed, cast.owner)
    assert "hidden" in panel(changed, cast.owner)
    monkeypatch.setitem(registry._personal_rules, "users.user", lambda user, _obj: user == cast.owner)
    assert "13900001111 → 13800002222" in panel(changed, cast.owner)
    assert "13800002222" not in panel(changed, cast.clerk)


def test_what_reads_the_same_before_and_after_is_no_line(cast):
    record(THING_CHANGED, cast.owner, by=cast.admin, changes={"payload": (None, ""), "other": (1, 2)})
    text = panel(cast.owner, cast.owner)
    assert ("payload" in text, "1 → 2" in text) == (False, True)


def test_nested_values_are_readable(cast, client_of):
    steps = {"steps": [{"by": ["manager"], "amount_over": None}]}
    record(THING_CHANGED, cast.owner, by=cast.admin, changes={"payload": (None, steps)})
    assert "steps: by: manager; amount_over: –" in panel(cast.owner, cast.admin)
    assert "steps: by: manager" in client_of(cast.admin).get("/audit/").content.decode()


def test_nothing_recorded_says_so(cast):
    assert "No changes recorded yet" in panel(cast.clerk, cast.owner)


def test_the_search_finds_and_masks(changed, cast, client_of):
    client = client_of(cast.admin)
    for query in (
        "",
        "?act=tests.thing.changed",
        "?who=Man",
        "?about=Owner",
        f"?about=users.user:{changed.pk}",
        "?request_id=abc123def",
    ):
        page = client.get(f"/audit/{query}").content.decode()
        assert "Because" in page, query
        assert "13800002222" not in page
        assert "10.0.0.7" in page
    for query in ("?who=nobody", "?about=nothing", "?request_id=other", "?last=2001-01-01"):
        assert "Nothing found" in client.get(f"/audit/{query}").content.decode()


@pytest.mark.parametrize("query", ["?first=nonsense", "?act=no.such.act", "?before=x"])
def test_a_bad_search_is_answered(changed, cast, client_of, query):
    assert client_of(cast.admin).get(f"/audit/{query}").status_code == 422


def test_pages_by_key_with_a_fixed_number_of_queries(cast, client_of):
    client = client_of(cast.director)

    def ask(query=""):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/audit/{query}")
        return len(queries), answer.content.decode()

    record(THING_CHANGED, cast.owner, by=cast.owner, reason="reason 0")
    ask()  # the first page of a process fills the caches
    one, _page = ask()
    for n in range(1, 60):
        record(THING_CHANGED, cast.owner, by=cast.owner, reason=f"reason {n}.")
    many, page = ask()
    assert many == one
    assert "reason 59." in page
    assert "reason 5." not in page
    before = page.split("before=")[1].split('"')[0]
    assert "reason 5." in ask(f"?before={before}")[1]


def test_an_administrator_reads_no_customers_in_the_audit(cast, client_of):
    """The trail of a unit shows that something was done to it; its name and what was written are for the line (01, rights)."""
    unit = make_unit("泉州商会", owner=cast.owner)
    edit_unit(unit, {"address": "Fengze Street 12"}, by=cast.owner)
    record(THING_CHANGED, cast.owner, by=cast.hr, changes={"position": ("specialist", "manager")})
    page = client_of(cast.admin).get("/audit/").content.decode()
    assert ("泉州商会" in page, "Fengze" in page) == (False, False)
    assert f"accounts.keyaccount:{unit.pk}" in page
    assert "Owner" in page
    found = client_of(cast.admin).get("/audit/", {"about": "泉州"}).content.decode()
    assert "accounts.keyaccount" not in found
    shown = client_of(cast.director).get("/audit/", {"about": "泉州"}).content.decode()
    assert ("泉州商会" in shown, "Fengze Street 12" in shown) == (True, True)


def test_an_administrator_reads_not_what_somebody_looked_for(cast, client_of):
    """An export is an act on a person of the house; its conditions are customers' names all the same."""
    record(
        "lists.exported",
        cast.owner,
        by=cast.owner,
        changes={"query": (None, "q=泉州商会"), "rows": (None, 3)},
    )
    page = client_of(cast.admin).get("/audit/").content.decode()
    assert (f"users.user:{cast.owner.pk}" in page, "泉州商会" in page) == (True, False)
    assert "泉州商会" in client_of(cast.director).get("/audit/").content.decode()


def test_objects_are_named_with_their_page_and_the_machine_by_its_work(cast, client_of):
    unit, other = make_unit("泉州商会", owner=cast.owner), make_unit("同业公会", owner=cast.other_team)
    with system("audit.verify"):
        for row in (unit, other):
            record(THING_CHANGED, row, by=None)
    with system("demo.units"):
        record(THING_CHANGED, unit, by=None)
    with system("nobody.knows"):
        record(THING_CHANGED, unit, by=None)
    page = client_of(cast.director).get("/audit/").content.decode()
    assert f'href="{unit.get_absolute_url()}">泉州商会</a>' in page
    assert [
        words in page for words in ("Integrity of the audit", "KAM itself: Demo data", "KAM itself</td>")
    ] == [True] * 3
    assert "system:" not in page
    bare = client_of(cast.admin).get("/audit/").content.decode()
    assert ("泉州商会" in bare, "system:" in bare) == (False, False)
    assert f'href="?about=accounts.keyaccount:{unit.pk}"' in bare
