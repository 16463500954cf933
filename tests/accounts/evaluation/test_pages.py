"""A round in the browser: opened, scored, decided, compared, printed, as a file; criteria as a rule change."""

import io
from datetime import timedelta

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.evaluation.criteria import last_criteria, preview_criteria
from accounts.evaluation.models import EvaluationCriteria, EvaluationRound, ScoreSheet
from accounts.evaluation.registers import due_soon, text_of_due
from accounts.evaluation.services import decide, open_round
from accounts.units.models import KeyAccount
from accounts.units.services import observe
from accounts.units.terms import Field
from kam.approvals.routes import load_default_routes
from kam.approvals.rule_changes.models import RuleChange
from kam.core.clock import business_date
from kam.exports.models import ExportRequest
from tests.accounts.evaluation.test_services import STRONG, WEAK, score
from tests.accounts.qualification.test_criteria import approve, drafted_and_submitted
from tests.factories.accounts import make_need, make_unit

ADD = "/admin/approvals/rulechange/add/?kind=evaluation"
AT = "/accounts/evaluations/"


def text_of(answer):
    pdf = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pdf)


def body(grades, act="submit", **more):
    return {f"grade_{code}": str(grade) for code, grade in grades.items()} | {"act": act} | more


def test_a_manager_opens_a_round_and_the_owner_scores(cast, client_of, unit):
    make_unit(owner=cast.other_team, tier="B")
    make_unit(owner=cast.owner, tier="B", status="lost")
    today = business_date()
    told = {
        "name": "Autumn",
        "first": today - timedelta(days=90),
        "last": today,
        "due_on": today,
        "tiers": ["B"],
    }
    manager = client_of(cast.manager)
    assert manager.post(f"{AT}new/", told | {"channels": ["bank"]}).status_code == 422
    assert manager.post(f"{AT}new/", told | {"tiers": []}).status_code == 422
    assert EvaluationRound.objects.count() == 0
    assert (
        manager.post(f"{AT}new/", told | {"channels": ["chamber"], "team": cast.team.pk}).status_code == 302
    )
    sheet = ScoreSheet.objects.get()
    assert (sheet.unit, sheet.scorer) == (unit, cast.owner)
    observe(unit, {Field.HEADCOUNT: 450, Field.PURCHASING_POWER: 5}, learned_on=today, by=cast.owner)
    make_need(unit)
    owner, url = client_of(cast.owner), f"{AT}sheets/{sheet.pk}/"
    html = owner.get(url).content.decode()
    assert "450 people, learned" in html
    assert "1 open need, 0 explicit" in html
    assert 'name="grade_size" value="4" class="' in html or 'value="4"' in html
    assert owner.post(url, body({"size": 4}, act="draft", version=1)).status_code == 302
    refused = owner.post(url, body(STRONG | {"fit": ""}, version=2))
    assert refused.status_code == 422
    assert "Give this dimension a grade." in refused.content.decode()
    assert owner.post(url, body(STRONG, version=1)).status_code == 409
    assert ScoreSheet.objects.get().state == "draft"
    assert owner.post(url, body(STRONG, version=2, comment="worth it")).status_code == 302
    html = owner.get(url).content.decode()
    assert "75.0 points, line 60.0" in html
    assert owner.post(url, body(WEAK, version=3)).status_code == 409
    assert client_of(cast.other_team).get(url).status_code == 404


def test_the_manager_decides_ticked_units_and_closes(cast, client_of, running, sheet, unit, other):
    score(sheet, STRONG)
    second = ScoreSheet.objects.get(round=running, unit=other)
    client, url = client_of(cast.manager), running.get_absolute_url()
    html = client.get(url).content.decode()
    assert "1 of 2 scored" in html
    assert client.post(f"{url}close/", {"version": 1}).status_code == 422
    ticked = {"row": sheet.pk, f"version-{sheet.pk}": "1"}
    assert client.post(f"{url}decide/", ticked).status_code == 409
    assert client.post(f"{url}decide/", {}).status_code == 422
    unit.refresh_from_db()
    assert not unit.is_focus
    sheet.refresh_from_db()
    assert client.post(f"{url}decide/", ticked | {f"version-{sheet.pk}": sheet.version}).status_code == 302
    unit.refresh_from_db()
    assert unit.is_focus
    at = f"{AT}sheets/{second.pk}/"
    assert client.get(f"{at}scorer/").status_code == 200
    assert client.post(f"{at}scorer/", {"scorer": cast.lead.pk}).status_code == 302
    assert client.post(f"{at}scorer/", {"scorer": cast.other_team.pk}).status_code == 422
    second.refresh_from_db()
    score(second, WEAK)
    second.refresh_from_db()
    assert client.post(f"{at}return/", {"reason": "again", "version": second.version}).status_code == 302
    second.refresh_from_db()
    score(second, WEAK)
    second.refresh_from_db()
    assert client.post(f"{at}decide/", {"focus": "yes", "version": second.version}).status_code == 422
    told = {"focus": "yes", "version": second.version, "reason": "the mayor asked"}
    assert client.post(f"{at}decide/", told).status_code == 302
    assert client.post(f"{url}close/", {"version": 1}).status_code == 302
    html = client.get(url).content.decode()
    assert "closed by Manager" in html
    assert "the mayor asked" in html
    assert "Autumn" in client.get(AT).content.decode()
    tab = client.get(f"/accounts/{unit.pk}/tabs/evaluation/").content.decode()
    assert "In focus" in tab
    end = f"/accounts/{unit.pk}/focus/end/"
    unit.refresh_from_db()
    assert client.post(end, {"reason": "sold", "version": unit.version}).status_code == 302


def test_side_by_side_on_page_and_paper(cast, client_of, running, sheet, unit, other):
    score(sheet, STRONG)
    score(ScoreSheet.objects.get(round=running, unit=other), WEAK | {"fit": 5})
    strange = make_unit("福州商会", owner=cast.other_team)
    client = client_of(cast.manager)
    query = f"?unit={unit.pk}&unit={other.pk}&unit={strange.pk}&unit=x"
    html = client.get(f"{AT}compare/{query}").content.decode()
    assert "5 ★" in html
    assert "福州商会" not in html
    assert "Choose at least two units" in client.get(f"{AT}compare/?unit={unit.pk}").content.decode()
    text = text_of(client.get(f"{AT}compare.pdf{query}&language=en"))
    for words in ("泉州商会", "温州商会", "75.0", "32.5", "5★"):
        assert words in text
    assert client.get(f"{AT}compare.pdf?unit={unit.pk}").status_code == 422


def test_the_printed_sheet_says_everything(cast, client_of, sheet, unit):
    observe(unit, {Field.HEADCOUNT: 450}, learned_on=business_date(), by=cast.owner, source=None)
    client = client_of(cast.owner)
    blank = text_of(client.get(f"{AT}sheets/{sheet.pk}/sheet.pdf?language=en"))
    assert "450people" in blank
    score(sheet, STRONG, comment="worth it, 𠮷")
    decide(sheet, focus=True, by=cast.manager, reason="go")
    text = text_of(client.get(f"{AT}sheets/{sheet.pk}/sheet.pdf?language=en"))
    for words in (
        "Autumn",
        "75.0",
        "60.0",
        "400 to 999 people",
        "counted",
        "450 people",
        "𠮷",
        "go",
        "Manager",
    ):
        assert words.replace(" ", "") in text, words


def test_the_file_of_a_round_has_a_column_a_dimension(cast, client_of, running, sheet):
    score(sheet, STRONG)
    import openpyxl

    columns = "unit,points,d_size,d_fit,others,state,value,cost,comment"
    answer = client_of(cast.manager).get(f"{AT}sheets/?round={running.pk}&export=xlsx&cols={columns}")
    assert answer.status_code == 200, answer.status_code
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    )
    rows = [
        [cell for cell in row if cell not in (None, "")] for row in book.active.iter_rows(values_only=True)
    ]
    flat = " ".join(str(cell) for row in rows for cell in row)
    assert "泉州商会" in flat
    assert "worth it" in flat
    assert ExportRequest.objects.count() == 0


def test_today_tells_what_is_due(cast, running, plan):
    told = due_soon([cast.owner, cast.manager], business_date())
    assert [row.unit.name for row in told[cast.owner.pk]] == ["泉州商会"]
    assert cast.manager.pk not in told
    assert text_of_due(told[cast.owner.pk]).startswith("- 泉州商会 · Autumn · ")
    assert due_soon([cast.owner], business_date() - timedelta(days=30)) == {}

    KeyAccount.objects.update(owner=cast.same_team)
    assert due_soon([cast.owner], business_date()) == {}, "the sheet of a unit that moved on would not open"


def test_the_rounds_page_lists_to_score_what_would_open(cast, client_of, running, plan):
    owner = client_of(cast.owner)
    assert "For you to score" in owner.get(AT).content.decode()

    KeyAccount.objects.update(owner=cast.same_team)
    assert "For you to score" not in owner.get(AT).content.decode()


@pytest.mark.parametrize("page", ["", "sheets/", "round"])
def test_pages_ask_as_often_for_many_units_as_for_few(cast, client_of, plan, page):
    client = client_of(cast.manager)

    def shown(count):
        units = [make_unit(owner=cast.owner) for _n in range(count)]
        made = open_round(plan, units, by=cast.manager)
        for sheet in made.sheets.all():
            score(sheet, STRONG)
        url = made.get_absolute_url() if page == "round" else f"{AT}{page}"
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    assert shown(1) == shown(4)


def draft(**changes):
    kept = last_criteria()
    told = {"line": "60", "valid_from": business_date().isoformat(), "reason": "the market moved"}
    for place, row in enumerate(kept["dimensions"]):
        told |= {f"{name}_{place}": value for name, value in row.items()}
    return told | changes


def test_new_criteria_are_previewed_and_approved(cast, client_of, sheet):
    load_default_routes()
    score(sheet, STRONG)
    data = draft(line="80")
    approve(drafted_and_submitted(client_of(cast.admin), data, add=ADD), cast.director, cast.marketing)
    assert list(EvaluationCriteria.objects.order_by("version").values_list("version", "line")) == [
        (1, 60),
        (2, 80),
    ]
    preview = preview_criteria(last_criteria() | {"line": "70"}, business_date())
    assert preview.rows[-1] == ["Line of the focus", "80.0", "70", ""]
    assert "0 stand above the line now, 1 would" in preview.notes[0]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"weight_0": "26"}, "The weights add up to 100."),
        ({"line": "0"}, "The line lies above 0"),
        ({"rubric_1": "one\ntwo"}, "Five lines"),
        ({"code_1": "size"}, "Two dimensions have the same code."),
        ({"label_1": ""}, "This field is required."),
    ],
)
def test_bad_criteria_are_answered_at_the_field(cast, client_of, changes, words):
    answer = client_of(cast.admin).post(ADD, draft(**changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert RuleChange.objects.count() == 0
