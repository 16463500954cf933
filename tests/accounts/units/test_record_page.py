"""The record of a unit through real HTTP: tabs, facts in place, timeline, what strangers get."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.units.models import KeyAccount, Observation
from accounts.units.services import observe
from accounts.units.terms import Field
from kam.core.clock import business_date
from kam.notes.models import Note
from kam.notes.services import add_note
from kam.notes.terms import SourceKey
from tests.factories.accounts import make_contact, make_person, make_role, make_unit
from tests.factories.visits import make_line, make_plan

HX = {"HX-Request": "true"}


@pytest.fixture
def unit(cast):
    return make_unit(
        "泉州商会", owner=cast.owner, english_name="Quanzhou Chamber", next_step="call the secretary"
    )


@pytest.fixture
def visitor(cast, client_of):
    return client_of(cast.owner)


def test_the_record_shows_head_facts_and_tabs(unit, visitor, cast):
    observe(unit, {Field.HEADCOUNT: 312}, learned_on=date(2026, 6, 12), by=cast.owner)
    html = visitor.get(f"/accounts/{unit.pk}/").content.decode()
    for words in (
        "泉州商会",
        "Quanzhou Chamber",
        "call the secretary",
        "312 people",
        "12 Jun",
        "Qualification",
    ):
        assert words in html
    assert f'hx-get="/accounts/{unit.pk}/timeline/"' in html


def test_the_head_tells_five_facts_and_the_next_planned_visit(unit, visitor, cast):
    day = business_date() + timedelta(days=7 - business_date().weekday())
    assert "none planned" in visitor.get(f"/accounts/{unit.pk}/").content.decode()
    make_line(make_plan(cast.owner, day), unit, day=day)
    html = visitor.get(f"/accounts/{unit.pk}/").content.decode()
    assert re.findall(r'<span class="l">(.*?)</span>', html) == [
        "Role coverage",
        "Red flags",
        "Last visit · contact",
        "Next visit",
        "What we know",
    ]
    assert "none planned" not in html


def test_long_parts_are_folded_but_stand_in_the_page(unit, visitor, cast):
    """A phone opens them by their line, also without scripts: everything is in the answer, nothing is fetched for it."""
    observe(unit, {Field.HEADCOUNT: 312}, learned_on=date(2026, 6, 12), by=cast.owner)
    html = visitor.get(f"/accounts/{unit.pk}/").content.decode()
    for part, what in (("cov", "Role coverage"), ("know", "What we know"), ("identity", "Identity")):
        section = html[html.index(f'id="{part}"') :].split("</section>")[0]
        assert f'<span class="k-sr"> {what}</span></summary>' in section
        assert section.count("data-fold") == 1
    assert "312 people" in html
    timeline = visitor.get(f"/accounts/{unit.pk}/timeline/", headers=HX).content.decode()
    assert "data-fold>" in timeline
    assert (
        "data-fold open>"
        in visitor.get(f"/accounts/{unit.pk}/timeline/?kind=notes", headers=HX).content.decode()
    )


@pytest.mark.parametrize("key", ["overview", "persons", "needs", "qualification"])
def test_a_tab_is_a_page_and_a_fragment(unit, visitor, key):
    whole = visitor.get(f"/accounts/{unit.pk}/tabs/{key}/")
    fragment = visitor.get(f"/accounts/{unit.pk}/tabs/{key}/", headers=HX)
    assert (whole.status_code, fragment.status_code) == (200, 200)
    assert "<html" in whole.content.decode()
    assert fragment.content.decode().lstrip().startswith('<div class="stack" id="tab"')


def test_a_fact_is_edited_in_place(unit, visitor):
    address = f"/accounts/{unit.pk}/values/accepted_area/"
    form = visitor.get(address, headers=HX).content.decode()
    assert 'name="value"' in form
    assert "<html" not in form
    body = {"value": "110-140", "learned_on": "2026-06-12", "seen": ""}
    saved = visitor.post(address, body, headers=HX)
    assert saved.status_code == 200
    assert "110–140" in saved.content.decode()
    assert Observation.objects.get().value == {"from": "110", "to": "140"}
    assert (
        visitor.post(address, body | {"value": "100", "seen": Observation.objects.get().pk}).status_code
        == 302
    )


def test_a_wrong_fact_is_refused_beside_the_field_and_keeps_what_was_typed(unit, visitor):
    address = f"/accounts/{unit.pk}/values/headcount/"
    answer = visitor.post(address, {"value": "<b>many</b>", "learned_on": "2026-06-12"}, headers=HX)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "This is not a number." in html
    assert "&lt;b&gt;many&lt;/b&gt;" in html
    assert Observation.objects.count() == 0


def test_a_fact_that_changed_meanwhile_is_a_conflict(unit, visitor, cast):
    observe(unit, {Field.ATTENTION: 4}, learned_on=date(2026, 6, 12), by=cast.owner)
    answer = visitor.post(
        f"/accounts/{unit.pk}/values/attention/",
        {"value": "2", "learned_on": "2026-06-13", "seen": ""},
        headers=HX,
    )
    assert answer.status_code == 409
    assert "strong (4 of 5)" in answer.content.decode()
    assert Observation.objects.get().value == 4


def test_an_identity_field_is_edited_in_place_with_a_version(unit, visitor):
    address = f"/accounts/{unit.pk}/values/name/"
    assert visitor.post(address, {"name": "泉州商会总会", "version": 1}, headers=HX).status_code == 200
    stale = visitor.post(address, {"name": "x商会", "version": 1}, headers=HX)
    assert stale.status_code == 409
    assert "泉州商会总会" in stale.content.decode()
    assert KeyAccount.objects.get().name == "泉州商会总会"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a\x00b", "Null characters are not allowed."),
        ("泉" * 201, "at most 200 characters"),
        ("泉\u202e州", "writing direction"),
        ("", "This field is required."),
        ("——", "A name needs letters"),
    ],
)
def test_bad_names_are_refused_at_the_field(unit, visitor, name, words):
    answer = visitor.post(f"/accounts/{unit.pk}/values/name/", {"name": name, "version": 1}, headers=HX)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert KeyAccount.objects.get().name == "泉州商会"


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "商会 🏠🇨🇳", "שלום جمعية", "𠮷野家"])
def test_strange_names_are_stored_and_drawn_as_text(unit, visitor, name):
    assert visitor.post(f"/accounts/{unit.pk}/values/name/", {"name": name, "version": 1}).status_code == 302
    assert KeyAccount.objects.get().name == name
    html = visitor.get(f"/accounts/{unit.pk}/").content.decode()
    assert "<script>alert" not in html


def test_the_timeline_tells_kinds_and_pages(unit, visitor, cast):
    person = make_person(unit, "蔡文斌")
    for day in range(1, 26):
        make_contact(unit, person, on=date(2026, 6, day), outcome=f"talk {day}")
    first = visitor.get(f"/accounts/{unit.pk}/timeline/?kind=contacts", headers=HX).content.decode()
    assert "talk 25" in first
    assert "talk 5<" not in first
    from re import search

    earlier = search(r'hx-get="([^"]*before=[^"]*)"', first).group(1).replace("&amp;", "&")
    second = visitor.get(earlier, headers=HX).content.decode()
    assert "talk 5<" in second
    assert "talk 6<" not in second
    assert visitor.get(f"/accounts/{unit.pk}/timeline/?before=nonsense").status_code == 200


def test_notes_are_written_from_the_timeline(unit, visitor):
    answer = visitor.post(f"/accounts/{unit.pk}/notes/", {"text": "likes <i>tea</i>"}, headers=HX)
    assert answer.status_code == 200
    assert "likes &lt;i&gt;tea&lt;/i&gt;" in answer.content.decode()
    assert visitor.post(f"/accounts/{unit.pk}/notes/", {"text": " "}).status_code == 422


def test_one_takes_back_ones_own_note_after_a_look(unit, visitor, cast, client_of):
    visitor.post(f"/accounts/{unit.pk}/notes/", {"text": "likes tea"})
    note = Note.objects.get()
    address = f"/accounts/{unit.pk}/notes/{note.pk}/delete/"
    timeline = f"/accounts/{unit.pk}/timeline/"
    assert address in visitor.get(timeline).content.decode()
    assert address not in client_of(cast.manager).get(timeline).content.decode()
    assert "likes tea" in visitor.get(address).content.decode()
    assert client_of(cast.manager).post(address).status_code == 403
    assert Note.objects.get().deleted_at is None
    assert visitor.post(address).status_code == 302
    assert "likes tea" not in visitor.get(timeline).content.decode()
    assert visitor.post(address).status_code == 404
    assert "Note deleted" in visitor.get(f"/history/accounts.unit/{unit.pk}/").content.decode()


def test_a_note_is_deleted_at_its_own_unit_only(unit, visitor, cast):
    note = add_note("x", subject=SourceKey.of("accounts.unit", unit.pk), by=cast.owner)
    other = make_unit("同业公会", owner=cast.owner)
    assert visitor.post(f"/accounts/{other.pk}/notes/{note.pk}/delete/").status_code == 404
    note.refresh_from_db()
    assert note.deleted_at is None


def test_the_record_costs_the_same_for_three_and_thirty_persons(unit, visitor):
    def statements():
        visitor.get(f"/accounts/{unit.pk}/")  # opening it the first time may write flags
        with CaptureQueriesContext(connection) as caught:
            assert visitor.get(f"/accounts/{unit.pk}/").status_code == 200
        return len(caught)

    def add(count):
        for _n in range(count):
            person = make_person(unit)
            make_role(person)
            make_contact(unit, person, on=date(2026, 6, 1))

    add(3)
    few = statements()
    add(27)
    assert statements() == few


def test_a_new_unit_is_added_and_a_refused_one_keeps_what_was_typed(visitor, cast):
    body = {"name": "福州商会", "channel": "chamber", "credit_code": "91350100M000100Y44", "area": "芦淞"}
    refused = visitor.post("/accounts/new/", body)
    assert refused.status_code == 422
    assert "check character" in refused.content.decode()
    assert "芦淞" in refused.content.decode()
    assert KeyAccount.objects.count() == 0
    done = visitor.post("/accounts/new/", body | {"credit_code": "91350100M000100Y43"})
    unit = KeyAccount.objects.get()
    assert (done.status_code, done["Location"], unit.owner) == (302, f"/accounts/{unit.pk}/", cast.owner)
    again = visitor.post("/accounts/new/", {"name": "福州 商会", "channel": "chamber"})
    assert again.status_code == 422
    assert KeyAccount.objects.count() == 1


def test_the_customer_file_is_a_pdf_with_everything(unit, visitor, cast):
    import pypdfium2

    observe(
        unit,
        {Field.MAIN_BUSINESS: "建材𠮷", Field.HEADCOUNT: 312},
        learned_on=date(2026, 6, 12),
        by=cast.owner,
    )
    person = make_person(unit, "蔡文斌", mobile="13800138000")
    make_role(person)
    answer = visitor.get(f"/accounts/{unit.pk}/file.pdf?language=zh-hans")
    assert answer["Content-Type"] == "application/pdf"
    pages = pypdfium2.PdfDocument(answer.content)
    text = "".join(sheet.get_textpage().get_text_range() for sheet in pages)
    for words in ("泉州商会", "312", "建材", "𠮷", "蔡文斌", "13800138000", "2026-06-12"):
        assert words in text


def test_a_task_about_the_unit_stands_beside_it(unit, visitor):
    assert visitor.post(f"/accounts/{unit.pk}/tasks/", {"text": "send the plans"}).status_code == 302
    assert "send the plans" in visitor.get(f"/accounts/{unit.pk}/").content.decode()
    assert visitor.post(f"/accounts/{unit.pk}/tasks/", {"text": ""}).status_code == 422
