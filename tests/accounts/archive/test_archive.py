"""Files as they stand on a day, the definition changed by a rule change, list, card and Today over HTTP."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.archive.definitions import preview_definition
from accounts.archive.models import FileDefinition
from accounts.archive.parts import PARTS, complete_sql
from accounts.archive.registers import text_of_incomplete
from accounts.archive.selectors import file_of, incomplete, missing_of, read_files
from accounts.archive.services import replace_definition
from accounts.archive.terms import FilePart, first_definition
from accounts.charts.models import DecisionFlow
from accounts.competition.models import ProductLine, ProductPosition
from accounts.persons.models import KeyPersonPeriod
from kam.approvals.routes import load_default_routes
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.files.models import Attachment
from kam.users.models import Industry
from tests.accounts.qualification.test_criteria import approve, drafted_and_submitted
from tests.factories.accounts import file_definition, make_person, make_role, make_unit

ADD = "/admin/approvals/rulechange/add/?kind=complete_file"


@pytest.fixture
def unit(cast):
    file_definition()
    return make_unit("泉州商会", owner=cast.owner)


def found_parts(units, day):
    return {pk: read.found for pk, read in read_files(units, day).items()}


def observe(unit, **values):
    for field, value in values.items():
        unit.observations.create(field=field, value=value, learned_on=date(2026, 6, 1))


def fill(unit, by):
    """Give the file everything there is."""
    persons = [make_person(unit) for _role in range(3)]
    for person, role, kind in zip(
        persons, ("decision_maker", "gatekeeper", "user"), ("", "technical", ""), strict=True
    ):
        make_role(person, role, gatekeeper_kind=kind)
    observe(unit, headcount=80, main_business="建材", purchasing_power=3, purchase_intention=4)
    type(persons[1]).objects.filter(pk=persons[1].pk).update(reports_to=persons[0])
    KeyPersonPeriod.objects.create(
        unit=unit, person=persons[0], started_on=date(2026, 2, 1), designated_at="2026-02-01T00:00Z"
    )
    DecisionFlow.objects.create(unit=unit, revision=1, drawn_on=date(2026, 2, 1))
    line = ProductLine.objects.create(code="planted", label="Planted")
    ProductPosition.objects.create(unit=unit, line=line, supply="ours", learned_on=date(2026, 2, 1))
    Attachment.objects.create(
        owner_kind="accounts.unit", owner_id=str(unit.pk), name="a.pdf", content_type="application/pdf",
        size=1, sha256="0" * 64, key="k", by=by,
    )  # fmt: skip
    unit.industry = Industry.objects.create(code="planted", name="Planted")
    unit.save(update_fields=["industry"])


def test_a_part_is_found_as_soon_as_it_is_there(cast, unit):
    today = business_date()
    assert found_parts([unit.pk], today) == {unit.pk: {FilePart.FILE_OPENED}}
    shown = file_of(unit, today)
    assert (shown.standing.percent, shown.standing.is_complete) == (10, False)
    assert [row.part.key for row in shown.missing if row.is_must] == [
        *("person", "buyer_role", "headcount", "main_business")
    ]
    assert shown.missing[0].url == reverse("unit-tab", args=[unit.pk, "persons"])
    assert shown.missing[2].url == f"/accounts/{unit.pk}/#know"
    fill(unit, cast.owner)
    assert found_parts([unit.pk], today) == {unit.pk: set(PARTS)}
    assert file_of(unit, today).standing.percent == 100
    assert missing_of([unit.pk], today) == {unit.pk: []}


def test_a_file_is_complete_with_what_it_must_have_and_a_closed_day_stays(unit):
    make_role(make_person(unit))
    observe(unit, headcount=80, main_business="建材")
    assert not incomplete(date(2026, 6, 1)).exists()
    assert list(incomplete(date(2026, 5, 31))) == [unit]
    rules = first_definition()
    rules["must"] = [*rules["must"], "industry"]
    replace_definition(rules, by=None, on=date(2026, 7, 1))
    assert list(incomplete(date(2026, 7, 1))) == [unit]
    assert not incomplete(date(2026, 6, 30)).exists()
    assert (incomplete(date(2019, 1, 1)).exists(), file_of(unit, date(2019, 1, 1))) == (True, None)
    assert missing_of([unit.pk], date(2019, 1, 1)) == {}
    replace_definition(first_definition(), by=None, on=date(2026, 8, 1))
    assert list(FileDefinition.objects.values_list("version", "replaced_on")) == [
        (3, None),
        (2, date(2026, 8, 1)),
        (1, date(2026, 7, 1)),
    ]


def test_the_list_and_the_kpi_ask_the_same_question(unit):
    day = date(2026, 6, 30)
    for act in (lambda: None, lambda: make_role(make_person(unit)), lambda: observe(unit, headcount=1)):
        act()
    observe(unit, main_business="建材")
    with connection.cursor() as cursor:
        cursor.execute(
            f"select u.id from accounts_keyaccount u where {complete_sql('u', '%(last)s::date')}",
            {"last": day},
        )
        assert cursor.fetchall() == [(unit.pk,)]
    assert not incomplete(day).exists()


def test_a_person_who_left_and_a_role_that_ended_are_no_part(unit):
    person = make_person(unit, left_on=date(2026, 6, 10))
    make_role(person, ended_on=date(2026, 6, 5))
    found = {on: found_parts([unit.pk], date(2026, 6, on))[unit.pk] for on in (4, 5, 9, 10)}
    assert [sorted(found[on] - {FilePart.FILE_OPENED}) for on in (4, 5, 9, 10)] == [
        ["buyer_role", "person"],
        ["person"],
        ["person"],
        [],
    ]


@pytest.mark.parametrize(
    ("change", "on", "code"),
    [
        ({"must": []}, date(2026, 7, 1), "must"),
        ({"weights": {"person": 99}}, date(2026, 7, 1), "weights"),
        ({}, date(2019, 12, 31), "overlap"),
    ],
)
def test_a_definition_that_does_not_fit_changes_nothing(unit, change, on, code):
    with pytest.raises(BusinessError) as refused:
        replace_definition(first_definition() | change, by=None, on=on)
    assert refused.value.code == code
    assert list(FileDefinition.objects.values_list("version", "replaced_on")) == [(1, None)]


def test_a_version_in_force_is_never_edited(unit):
    kept = FileDefinition.objects.filter(version=1)
    for act in (lambda: kept.update(rules={}), kept.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    with pytest.raises(DatabaseError), transaction.atomic():
        FileDefinition.objects.create(
            version=2, rules={}, introduced_on=date(2021, 1, 1), replaced_on=date(2022, 1, 1)
        )
    assert kept.get().rules == first_definition()


def draft(**changes):
    told = {"kind": "complete_file", "valid_from": business_date().isoformat(), "reason": "new form"}
    told |= {f"weight_{key}": weight for key, weight in first_definition()["weights"].items()}
    return told | {"must": first_definition()["must"]} | changes


def test_a_new_definition_is_previewed_approved_and_counts_from_its_day(cast, client_of, unit):
    load_default_routes()
    shown = preview_definition(first_definition() | {"must": ["file_opened"]}, business_date())
    assert shown.rows[:2] == [
        ["File opened", "10 · must", "10 · must", "0"],
        ["A person", "10 · must", "10", "1"],
    ]
    assert shown.notes[0] == "Complete files: 0 of 1 now, 1 then."
    data = draft(must=["file_opened"])
    approve(drafted_and_submitted(client_of(cast.admin), data, add=ADD), cast.director, cast.marketing)
    assert list(FileDefinition.objects.values_list("version", "replaced_on")) == [
        (2, None),
        (1, business_date()),
    ]
    assert not incomplete(business_date()).exists()
    assert AuditEntry.objects.filter(act="accounts.archive.definition_replaced").count() == 1
    answer = client_of(cast.admin).post(ADD, draft(weight_person="11"))
    assert (answer.status_code, b"add up to 100" in answer.content) == (422, True)
    assert FileDefinition.objects.count() == 2


def test_the_walk_from_today_to_the_list_to_the_record(cast, client_of, unit):
    client = client_of(cast.owner)
    assert text_of_incomplete(1) == "- 1 file of yours is not complete."
    assert f'href="/accounts/incomplete/?owner={cast.owner.pk}"' in client.get("/").content.decode()
    page = client.get("/accounts/incomplete/").content.decode()
    assert "泉州商会" in page
    assert "A person · A buyer role" in page
    make_unit("漳州商会", owner=cast.other_team)
    assert "漳州商会" not in client.get("/accounts/incomplete/").content.decode()
    assert "泉州商会" not in client.get("/accounts/incomplete/?lacks=file_opened").content.decode()
    assert "泉州商会" in client.get("/accounts/incomplete/?lacks=person&below=11").content.decode()
    csv = client.get("/accounts/incomplete/?export=csv")
    rows = b"".join(csv.streaming_content if csv.streaming else [csv.content]).decode("utf-8-sig")
    assert ("泉州商会" in rows, "漳州商会" in rows) == (True, False)
    record = client.get(f"/accounts/{unit.pk}/").content.decode()
    assert "Unit file: 10 of 100 points" in record
    fill(unit, cast.owner)
    assert "泉州商会" not in client.get("/accounts/incomplete/").content.decode()
    assert "Everything that is asked for is there." in client.get(f"/accounts/{unit.pk}/").content.decode()
    assert "/accounts/incomplete/?owner" not in client.get("/").content.decode()


def test_the_list_asks_the_same_however_many_files(cast, client_of, unit):
    counts = []
    for more in (0, 4):
        for _n in range(more):
            make_unit(owner=cast.owner, file_opened_on=date(2026, 1, 1) + timedelta(days=more))
        with CaptureQueriesContext(connection) as asked:
            assert client_of(cast.owner).get("/accounts/incomplete/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
