"""Pages of budgets over HTTP: draft with rows, refusals at their line, ledger and files, row rights, constant statements."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.budgets import permissions
from campaigns.budgets.models import Budget, BudgetChange, Movement
from campaigns.budgets.selectors import balance_on, newest_entries
from campaigns.budgets.services import reserve, spend
from kam.approvals.routes import load_default_routes
from kam.approvals.selectors import request_for
from kam.notes.terms import SourceKey
from tests.factories.budgets import (
    PAPER,
    line_of,
    make_budget,
    make_draft,
    make_payment,
    make_report,
    make_reservation,
)

pytestmark = pytest.mark.django_db


def body(*rows, **head):
    told = {"level": [], "line_name": [], "amount": [], "line_note": []}
    for level, name, amount in rows:
        for key, value in zip(told, (level, name, amount, ""), strict=True):
            told[key].append(value)
    return {"name": "年度预算", **told, **head}


def test_a_budget_is_drafted_corrected_handed_in_and_shown_to_the_decider(cast, client_of):
    load_default_routes()
    client = client_of(cast.manager)
    refused = client.post("/budgets/new/", body((2, "礼品", "10")))
    assert (refused.status_code, Budget.objects.count()) == (422, 0)
    assert "at most one level below" in refused.content.decode()
    refused = client.post("/budgets/new/", body((1, "礼品", "10"), starts_on="2026-05-01"))
    assert (refused.status_code, Budget.objects.count()) == (422, 0)
    rows = [(1, "礼品", "10"), (2, "普通", "4"), (2, "精品", "5"), (1, "", "")]
    page = client.post("/budgets/new/", body(*rows), follow=True).content.decode()
    budget = Budget.objects.get()
    assert "年度预算" in page
    refused = client.post(f"/budgets/{budget.pk}/submit/")
    assert (refused.status_code, "its parts come to 9.00" in refused.content.decode()) == (422, True)
    rows[2] = (2, "精品", "6")
    edit = f"/budgets/{budget.pk}/edit/"
    stale = client.post(edit, body(*rows, version=7))
    assert (stale.status_code, budget.lines.count()) == (409, 3)
    client.post(edit, body(*rows, version=1))
    assert client.post(f"/budgets/{budget.pk}/submit/").status_code == 302
    card = client_of(cast.director).get(f"/approvals/{request_for('budget', budget).pk}/").content.decode()
    assert ("精品" in card, "6.00" in card) == (True, True)


def test_finance_books_pays_releases_and_takes_back(cast, client_of):
    budget = make_budget(cast.manager)
    line, client = line_of(budget), client_of(cast.finance)
    book = f"/budgets/{budget.pk}/book/"
    told = {"line": line.pk, "act": "reserve", "amount": "5001", "document": "FP-7"}
    refused = client.post(book, told)
    assert (refused.status_code, Movement.objects.filter(kind="reserve").count()) == (422, 0)
    assert "apply for a supplement of 1.00" in refused.content.decode()
    page = client.post(book, told | {"amount": "300"}, follow=True).content.decode()
    assert ("FP-7" in page, "4,700.00" in page) == (True, True)
    held = Movement.objects.get(kind="reserve")
    client.post(f"/budgets/entries/{held.pk}/pay/", {"amount": "250", "document": "FP-8"})
    assert balance_on(line).spent == 250
    again = client.post(f"/budgets/entries/{held.pk}/release/")
    assert (again.status_code, balance_on(line).free) == (409, 4_750)
    paid = Movement.objects.get(kind="spend")
    client.post(f"/budgets/entries/{paid.pk}/take-back/", {"text": "发票有误"})
    client.post(f"/budgets/entries/{held.pk}/release/")
    assert balance_on(line).free == 5_000


def test_a_report_shows_before_and_after_and_goes_to_paper(cast, client_of):
    load_default_routes()
    budget = make_budget(cast.manager)
    line, client = line_of(budget), client_of(cast.owner)
    told = {"line": line.pk, "from_line": line_of(budget, "交通费用").pk, "amount": "500", "reason": "超出"}
    page = client.post(f"/budgets/{budget.pk}/transfer/", told, follow=True).content.decode()
    assert ("5,500.00" in page, "4,500.00" in page) == (True, True)
    change = BudgetChange.objects.get()
    for path in (
        f"reports/{change.pk}/report.pdf",
        f"{budget.pk}/budget.pdf",
        f"{budget.pk}/statement.pdf",
        f"{budget.pk}/statement.pdf?line={line.pk}",
    ):
        assert client.get(f"/budgets/{path}").content[:5] == b"%PDF-"


def test_the_file_of_the_ledger_is_what_the_list_shows(cast, client_of):
    from openpyxl import load_workbook

    budget, other = make_budget(cast.manager), make_budget(cast.manager, (1, "礼品", 10), name="别的")
    make_payment(budget, cast.finance, Decimal("12.50"))
    client = client_of(cast.owner)
    answer = client.get(f"/budgets/entries/?budget={budget.pk}&export=xlsx")
    rows = list(load_workbook(BytesIO(b"".join(answer))).active.values)
    assert (len(rows), other.number in str(rows)) == (1 + 9, False)
    assert sum(row[rows[0].index("Spent")] for row in rows[1:]) == 12.5
    assert "别的" in client.get("/budgets/").content.decode()
    assert "10.00" in client.get("/budgets/lines/?q=" + other.number).content.decode()
    assert "12.50" in client.get("/budgets/entries/?q=FP-1").content.decode()


def test_drafts_of_others_and_budgets_at_all_are_hidden(cast, client_of):
    draft, budget = make_draft(cast.manager), make_budget(cast.manager)
    seen = {
        who: [client_of(getattr(cast, who)).get(f"/budgets/{row.pk}/").status_code for row in (draft, budget)]
        for who in ("owner", "finance", "hr", "admin")
    }
    assert seen == {"owner": [404, 200], "finance": [200, 200], "hr": [404, 404], "admin": [404, 404]}
    assert not Budget.objects.visible_to(cast.gone).exists()


def test_the_page_asks_the_same_number_of_statements_for_any_number_of_entries(cast, client_of):
    load_default_routes()
    budget, client = make_budget(cast.manager), client_of(cast.finance)
    make_payment(budget, cast.finance, 1)
    make_reservation(budget, cast.finance, 1)
    make_report(budget, cast.owner, 1)
    counts = []
    for _turn in range(2):
        client.get(budget.get_absolute_url())
        with CaptureQueriesContext(connection) as told:
            client.get(budget.get_absolute_url())
        counts.append(len(told))
        for _n in range(3):
            make_payment(budget, cast.finance, 1)
            make_reservation(budget, cast.finance, 1)
            make_report(budget, cast.owner, 1)
    assert counts[0] == counts[1]


def test_who_may_do_what(cast):
    draft, budget = make_draft(cast.manager), make_budget(cast.manager)
    assert [permissions.can_see_budgets(p) for p in (cast.owner, cast.clerk, cast.hr, cast.gone)] == [
        True,
        True,
        False,
        False,
    ]
    assert [permissions.can_edit_budget(cast.manager, b) for b in (draft, budget)] == [True, False]
    assert [permissions.can_ask_change(cast.owner, b) for b in (draft, budget)] == [False, True]
    assert [permissions.can_book(p, budget) for p in (cast.finance, cast.director)] == [True, False]
    change = BudgetChange(state="returned", asked_by=cast.owner)
    assert [permissions.can_edit_change(p, change) for p in (cast.owner, cast.lead)] == [True, False]


def test_what_others_spent_money_on_is_not_told_to_who_only_asks_for_some(cast, client_of):
    budget = make_budget(cast.manager)
    line = line_of(budget)
    for by, text in ((cast.other_team, "泉州商会许志远的寿宴"), (cast.owner, "自己的接待")):
        held = Movement.objects.get(pk=reserve(line, Decimal(10), source=PAPER, by=by, text=text).entry_id)
        spend(held, Decimal(10), source=PAPER, by=cast.finance, text=text)
    pages = (f"/budgets/{budget.pk}/?line={line.pk}", "/budgets/entries/")
    for reader, told in ((cast.owner, False), (cast.lead, False), (cast.manager, True), (cast.clerk, True)):
        for page in pages:
            answer = client_of(reader).get(page)
            shown = answer.content.decode()
            assert ("许志远" in shown, PAPER.label in shown) == (told, True), page
            assert ("自己的接待" in shown) == (told or reader == cast.owner), page
        found = client_of(reader).get("/budgets/entries/", {"q": "许志远"}).context["state"]
        assert found.rows().exists() is told
    words = [entry.movement.words for entry in newest_entries([line.pk], 60, reader=cast.owner)[::-1]]
    assert (words.count("自己的接待"), [w for w in words if "许志远" in w]) == (2, [])


def test_a_ledger_leads_to_no_document_that_its_reader_is_not_told(cast, client_of):
    budget = make_budget(cast.manager)
    line = line_of(budget)
    for number, by in ((71, cast.other_team), (72, cast.owner)):
        paper = SourceKey("purchase", str(number), f"CG-2026-{number}")
        reserve(line, Decimal(10), source=paper, by=by, text="礼盒")
    for reader, led_to in ((cast.owner, [False, True]), (cast.manager, [True, True])):
        shown = client_of(reader).get(f"/budgets/{budget.pk}/?line={line.pk}").content.decode()
        assert [f'href="/purchases/{number}/"' in shown for number in (71, 72)] == led_to
        assert "CG-2026-71" in shown
