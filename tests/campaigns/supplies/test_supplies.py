"""Supplies from the account that comes first to the year on paper; the stock and the account agree, whoever writes."""

from io import BytesIO

import psycopg2
import pypdf
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from campaigns.materials.models import Material
from campaigns.materials.services import add_material, stock_of
from campaigns.supplies import services
from campaigns.supplies.models import SupplyAccount, SupplyEntry
from campaigns.supplies.selectors import drawable, held_of, statement
from campaigns.supplies.terms import EntryKind
from kam.approvals import services as approvals
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import pending_stage, request_for
from kam.core.clock import business_date
from kam.core.errors import BusinessError, ConflictError
from kam.people.registry import all_holdings
from tests.application import attempts, contents_of, refusals
from tests.factories.gifts import decide_all
from tests.factories.supplies import enter, make_account, make_supply
from tests.racing import at_once, meeting

pytestmark = pytest.mark.django_db
D, T, R, U, P = EntryKind


@pytest.fixture
def pens(cast):
    load_default_routes()
    return make_supply(cast.clerk)


def refusal(code, act, *args, **kwargs):
    def held():
        rows = SupplyAccount.objects.order_by("pk").values_list("state", "version")
        stocks = [stock_of(row) for row in Material.objects.order_by("pk")]
        return list(rows), SupplyEntry.objects.count(), stocks

    before = held()
    with pytest.raises(BusinessError) as caught, transaction.atomic():
        act(*args, **kwargs)
    assert (caught.value.code, held()) == (code, before)
    return str(caught.value)


def test_s225_an_account_comes_before_anything_is_drawn(cast, pens):
    account = services.ask_account("日常办公", by=cast.owner)
    assert pending_stage(request_for(services.SUBJECT, account)).positions == ["manager"]
    refusal("twice", services.ask_account, "再来一个", by=cast.owner)
    refusal("not_open", enter, account, D, pens, 5, by=cast.clerk)
    decide_all(services.SUBJECT, account)
    enter(account, D, pens, 8, by=cast.clerk)
    enter(account, R, pens, 1, by=cast.clerk)
    enter(account, U, pens, 4, by=cast.owner)
    assert (stock_of(pens), held_of(account, pens)) == (13, 3)
    assert "3 of “中性笔” are held" in refusal("held", enter, account, U, pens, 4, by=cast.owner)
    refusal("held", enter, account, R, pens, 4, by=cast.clerk)
    assert "13 are in stock" in refusal("stock", enter, account, D, pens, 14, by=cast.clerk)
    (row,) = statement(account, business_date().year)
    assert (row.row.came, row.row.returned, row.row.used, row.row.after) == (8, 1, 4, 3)
    assert "中性笔 3" in refusal("held", services.close_account, account, by=cast.clerk)
    enter(account, R, pens, 3, by=cast.clerk)
    assert services.close_account(account, by=cast.clerk).state == "closed"
    assert make_account(cast.owner).state == "open"


def test_an_account_of_a_team_is_seen_by_its_people_and_not_by_others(cast, pens):
    account = make_account(cast.lead, cast.team)
    refusal("team", services.ask_account, "x", by=cast.other_team, team=cast.team)
    seen = [
        SupplyAccount.objects.visible_to(who).filter(pk=account.pk).exists()
        for who in (cast.owner, cast.same_team, cast.manager, cast.clerk, cast.other_team, cast.finance)
    ]
    assert seen == [True, True, True, True, False, False]


def test_a_returned_request_is_written_anew(cast, pens):
    account = services.ask_account("x", by=cast.owner)
    request = request_for(services.SUBJECT, account)
    approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="用途")
    account.refresh_from_db()
    with pytest.raises(ConflictError):
        services.ask_again(account, "日常办公", by=cast.owner, version=99)
    account = services.ask_again(account, "日常办公", by=cast.owner, version=account.version)
    request = request_for(services.SUBJECT, account)
    approvals.reject(request, by=cast.manager, version=request.version, reason="不必")
    account.refresh_from_db()
    assert (account.state, account.reason) == ("rejected", "日常办公")


def test_s222_what_is_held_goes_to_the_successor(cast, pens):
    account = make_account(cast.owner)
    enter(account, D, pens, 5, by=cast.clerk)
    holding = next(one for one in all_holdings() if one.key == "campaigns.supplies")
    (row,) = holding.of(cast.owner)
    holding.move([row.id], cast.owner, cast.same_team, cast.manager)
    (taken,) = holding.of(cast.same_team)
    assert (holding.is_public_item, holding.of(cast.owner), taken.label) == (True, [], row.label)
    assert stock_of(pens) == 15


@pytest.mark.parametrize("returned", [False, True])
def test_s222_a_request_that_waits_is_needless_after_a_handover(cast, pens, returned):
    account = make_account(cast.owner)
    enter(account, D, pens, 5, by=cast.clerk)
    asked = services.ask_account("x", by=cast.same_team)
    request = request_for(services.SUBJECT, asked)
    if returned:
        request = approvals.return_for_changes(request, by=cast.manager, version=request.version, reason="x")
    services.pass_on(account, pens, to=cast.same_team, by=cast.manager)
    states = dict(SupplyAccount.objects.filter(user=cast.same_team).values_list("state", "pk"))
    assert states == {"withdrawn": asked.pk, "open": states["open"]}
    assert held_of(SupplyAccount.objects.get(pk=states["open"]), pens) == 5
    request.refresh_from_db()
    refusal("not_pending", approvals.approve, request, by=cast.manager, version=request.version)


def test_an_account_closed_meanwhile_passes_nothing_on(cast, pens):
    account = services.close_account(make_account(cast.owner), by=cast.clerk)
    assert "not open" in refusal(
        "not_open", services.pass_on, account, pens, to=cast.same_team, by=cast.manager
    )
    assert SupplyAccount.objects.filter(user=cast.same_team).count() == 0


def test_s225_the_ledger_only_grows_and_nothing_goes_that_is_not_held(cast, pens):
    account = make_account(cast.owner)
    entry = enter(account, D, pens, 5, by=cast.clerk)
    told = {"account": account, "material": pens, "on": business_date()}
    for act in (
        lambda: SupplyEntry.objects.create(kind=U, change=-6, **told),
        lambda: SupplyEntry.objects.create(kind=U, change=1, **told),
        lambda: SupplyEntry.objects.create(kind=R, change=-1, **told),
        lambda: SupplyEntry.objects.filter(pk=entry.pk).update(change=9),
        lambda: SupplyEntry.objects.filter(pk=entry.pk).delete(),
        lambda: SupplyAccount.objects.create(
            number="x", user=cast.owner, asked_by=cast.owner, asked_on=business_date(), reason="x"
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert held_of(account, pens) == 5
    refusal("twice", add_material, None, {"name": "中性笔", "quantity": 1}, by=cast.clerk)
    assert list(drawable(cast.owner)) == [pens]


def test_supplies_in_the_browser(cast, client_of, pens):
    owner, clerk = client_of(cast.owner), client_of(cast.clerk)
    address = owner.post("/supplies/new/", {"team": "", "reason": "日常𠮷"})["Location"]
    account = decide_all(services.SUBJECT, SupplyAccount.objects.get())
    body = {"material": pens.pk, "quantity": "5", "text": "拜访"}
    assert clerk.post(f"{address}draw/", body | {"quantity": "21"}).status_code == 422
    assert clerk.post(f"{address}draw/", body).status_code == 302
    assert owner.post(f"{address}used/", body | {"quantity": "2"}).status_code == 302
    assert owner.post(f"{address}used/", body | {"quantity": "9"}).status_code == 422
    assert clerk.post(f"{address}close/").status_code == 422
    new = {"name": "笔记本", "measure": "本", "quantity": "10"}
    supply = clerk.post("/supplies/stock/new/", new)["Location"]
    assert clerk.post("/supplies/stock/new/", new).status_code == 422
    assert clerk.post(f"{supply}move/", {"kind": "receipt", "quantity": "7"}).status_code == 302
    assert "To be ordered" in clerk.get(supply).content.decode()
    assert "笔记本" in clerk.get("/supplies/stock/?low=true").content.decode()
    assert "日常𠮷" in owner.get(address).content.decode()
    data = owner.get(f"{address}statement.pdf?year=nonsense").content
    paper = pypdf.PdfReader(BytesIO(data)).pages[0].extract_text()
    assert [word for word in (account.number, "中性笔", "拜访") if word not in paper] == []

    def count(page):
        with CaptureQueriesContext(connection) as seen:
            assert clerk.get(page).status_code == 200
        return len(seen)

    count("/supplies/")
    before = [count(page) for page in ("/supplies/", address)]
    for who in (cast.same_team, cast.lead):
        services.ask_account("x", by=who)
    enter(account, D, Material.objects.get(name="笔记本"), 1, by=cast.clerk)
    assert [count(page) for page in ("/supplies/", address)] == before


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_last_thing_held_is_used_once(cast, monkeypatch):
    load_default_routes()
    pens = make_supply(cast.clerk)
    account = make_account(cast.owner)
    enter(account, D, pens, 1, by=cast.clerk)
    monkeypatch.setattr(services, "_write", meeting(services._write))
    use = lambda: type(enter(account, U, pens, 1, by=cast.owner))  # noqa: E731 -- run twice
    answers = at_once(use, use)
    assert sorted(answers, key=str) == sorted([SupplyEntry, BusinessError], key=str)
    assert held_of(account, pens) == 0
    assert IntegrityError not in answers


@pytest.mark.django_db(transaction=True)
def test_the_application_can_neither_change_an_entry_nor_overdraw(cast, as_application):
    load_default_routes()
    pens = make_supply(cast.clerk)
    account = make_account(cast.owner)
    enter(account, D, pens, 5, by=cast.clerk)
    keys = {"campaigns_supplyentry": "id"}
    before = contents_of(keys)
    assert refusals(as_application, keys) == dict.fromkeys(attempts(keys), "InsufficientPrivilege")
    insert = (
        'insert into campaigns_supplyentry (account_id, material_id, kind, change, "on", text, created_at)'
        f" values ({account.pk}, {pens.pk}, 'used', -6, now(), '', now())"
    )
    with pytest.raises(psycopg2.errors.CheckViolation, match="nothing goes that is not held"):
        as_application(insert)
    assert contents_of(keys) == before
