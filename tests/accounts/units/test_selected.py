"""The list's columns from other rooms, and what is done with ticked rows: a file, another owner."""

import csv
import html
import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.red_flags.models import RedFlag
from accounts.units.models import KeyAccount, Ownership
from accounts.units.services import change_owner
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from tests.factories.accounts import make_person, make_role, make_unit
from tests.factories.visits import make_line, make_plan

GIVE, EXPORT = "/accounts/selected/owner/", "/accounts/selected/export/"


@pytest.fixture
def units(cast):
    names = ("泉州商会", "温州商会", "福州商会")
    return [make_unit(name, owner=cast.owner) for name in names]


def flag(unit, kind="role_missing"):
    RedFlag.objects.create(
        unit=unit, kind=kind, fact_key=kind, severity="danger", since_on=business_date(), rule_version=1
    )


def text_of(answer):
    return (
        b"".join(answer.streaming_content).decode("utf-8-sig")
        if answer.streaming
        else answer.content.decode()
    )


def rows_of(client, cols="name,coverage,flags,next_visit"):
    answer = client.get(f"/accounts/?export=csv&cols={cols}")
    return {row[0]: row[1:] for row in csv.reader(io.StringIO(text_of(answer)))}


def test_the_list_tells_coverage_flags_and_the_next_visit(cast, client_of, units):
    make_role(make_person(units[0]))
    flag(units[0])
    flag(units[0], "no_insider")
    day = business_date() + timedelta(days=7 - business_date().weekday())
    plan = make_plan(cast.owner, day)
    make_line(plan, units[0], day=day + timedelta(days=1))
    make_line(plan, units[0], day=day)
    told = rows_of(client_of(cast.owner))
    score = told["泉州商会"][0]
    assert int(score) > 0
    assert told["泉州商会"][1:] == ["2", day.isoformat()]
    assert told["温州商会"] == ["0", "", ""]
    drawn = page(client_of(cast.owner))
    for words in ("Role coverage", "Red flags", "Next visit", "c-danger b6"):
        assert words in drawn


def test_the_page_costs_the_same_for_one_and_for_many(cast, client_of, units):
    client = client_of(cast.manager)

    def statements():
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/accounts/").status_code == 200
        return len(caught)

    statements()
    few = statements()
    for number in range(12):
        unit = make_unit(f"第{number}商会", owner=cast.owner)
        make_role(make_person(unit))
        flag(unit)
    assert statements() == few


def test_columns_that_are_not_shown_are_not_read(cast, client_of, units):
    with CaptureQueriesContext(connection) as caught:
        client_of(cast.owner).get("/accounts/?cols=name,owner")
    assert not [query for query in caught if "accounts_redflag" in query["sql"]]


def test_the_key_e_leads_to_the_form_only_where_one_may_edit(cast, client_of, units):
    edit = f'href="/accounts/{units[0].pk}/edit/" data-edit'
    assert edit in client_of(cast.owner).get("/accounts/").content.decode()
    assert edit not in client_of(cast.lead).get("/accounts/").content.decode()
    assert 'data-key="e"' not in client_of(cast.clerk).get("/accounts/").content.decode()


def test_ticked_units_leave_as_a_file_of_what_one_may_see(cast, client_of, units):
    strange = make_unit("株洲机车厂", owner=cast.other_team)
    client = client_of(cast.owner)
    ticked = [units[0].pk, units[2].pk, strange.pk]
    answer = client.post(EXPORT, {"row": ticked})
    assert answer["Location"] == f"/accounts/?only={','.join(map(str, ticked))}&export=xlsx"
    file = client.get(answer["Location"])
    sheet = zipfile.ZipFile(io.BytesIO(b"".join(file.streaming_content)))
    words = "".join(sheet.read(name).decode() for name in sheet.namelist() if name.endswith(".xml"))
    assert ("泉州商会" in words, "福州商会" in words) == (True, True)
    assert ("温州商会" in words, "株洲机车厂" in words) == (False, False)
    assert AuditEntry.objects.get(act="lists.exported").changes["rows"] == [None, 2]


def test_all_rows_leave_by_the_conditions_of_the_list_and_none_is_refused(cast, client_of, units):
    client = client_of(cast.owner)
    answer = client.post(EXPORT, {"all": "1", "query": "tier=A"})
    assert answer["Location"] == "/accounts/?tier=A&export=xlsx"
    assert client.post(EXPORT, {"row": "x"}).status_code == 422
    assert client.post(EXPORT, {"all": "1", "query": "//evil.example"})["Location"].startswith("/accounts/?")


def asked(client, units):
    answer = client.post(GIVE, {"row": [unit.pk for unit in units]})
    assert answer.status_code == 200
    return {"row": [unit.pk for unit in units]} | {f"version-{unit.pk}": unit.version for unit in units}


def test_a_manager_gives_ticked_units_to_another(cast, client_of, units):
    client = client_of(cast.manager)
    seen = asked(client, units[:2])
    told = {"owner": cast.same_team.pk, "on": business_date().isoformat(), "reason": "two markets"}
    answer = client.post(GIVE, seen | told | {"next": "/accounts/?tier=A"})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/?tier=A")
    owners = dict(KeyAccount.objects.values_list("name", "owner__staff_number"))
    assert owners == {"泉州商会": "same-team", "温州商会": "same-team", "福州商会": "owner"}
    assert AuditEntry.objects.filter(act="accounts.unit.owner_changed").count() == 2
    assert "2 units now belong to" in client.get("/accounts/").content.decode()


def given(client, cast, units, to=None):
    told = {"owner": (to or cast.same_team).pk, "on": business_date().isoformat(), "reason": "two markets"}
    client.post(GIVE, asked(client, units) | told)
    return html.unescape(re.search(r'action="(/accounts/selected/owner/back/[^"]+)"', page(client))[1])


def page(client):
    return client.get("/accounts/").content.decode()


def test_units_given_away_are_taken_back_with_one_press(cast, client_of, units):
    client = client_of(cast.manager)
    undo = given(client, cast, units[:2])
    assert client.post(undo, {"next": "/accounts/?tier=A"})["Location"] == "/accounts/?tier=A"
    owners = set(KeyAccount.objects.values_list("owner", "team", "version"))
    assert owners == {(cast.owner.pk, units[0].team_id, 3), (cast.owner.pk, units[0].team_id, 1)}
    assert Ownership.objects.filter(unit=units[0], ended_on__isnull=True).get().owner == cast.owner
    assert AuditEntry.objects.filter(act="accounts.unit.owner_changed").count() == 4
    assert "2 units were taken back." in page(client)


def test_what_was_changed_since_is_not_taken_back(cast, client_of, units):
    client = client_of(cast.manager)
    undo = given(client, cast, units[:2])
    change_owner(units[0], owner=cast.lead, by=cast.director, reason="first")
    answer = client.post(undo)
    assert (answer.status_code, "not changed" in answer.content.decode()) == (409, True)
    owners = dict(KeyAccount.objects.values_list("name", "owner__staff_number"))
    assert owners == {"泉州商会": "lead", "温州商会": "owner", "福州商会": "owner"}
    assert client.post(undo).status_code == 409  # a second press finds nothing to take back
    assert dict(KeyAccount.objects.values_list("name", "owner__staff_number")) == owners


def test_nobody_takes_back_by_another_persons_address_or_a_changed_one(cast, client_of, units):
    undo = given(client_of(cast.manager), cast, units[:1])
    for who, address in (
        (cast.director, undo),
        (cast.manager, undo + "x"),
        (cast.manager, undo.split("?")[0]),
    ):
        assert client_of(who).post(address).status_code == 422
    assert client_of(cast.owner).post(undo).status_code == 403
    assert KeyAccount.objects.get(pk=units[0].pk).owner == cast.same_team


def test_what_nobody_owned_belongs_to_nobody_again_in_the_team_it_had(cast, client_of):
    unit = make_unit("芦淞大市场")
    client = client_of(cast.director)
    client.post(given(client, cast, [unit], to=cast.other_team))
    now = KeyAccount.objects.get(pk=unit.pk)
    assert (now.owner_id, now.team_id) == (None, unit.team_id)
    assert Ownership.objects.filter(unit=unit, ended_on__isnull=True).count() == 0


def test_the_seats_are_drawn_by_shape_sign_and_words(cast, client_of, units):
    make_role(make_person(units[0], attitude="supports"), confidence="assumed")
    make_role(make_person(units[0], attitude="opposes"), role="user")
    told = rows_of(client_of(cast.owner), cols="name,seats")
    assert told["温州商会"] == [
        "Decision maker: Empty seat; Technical gatekeeper: Empty seat; Financial gatekeeper: Empty seat; User: Empty seat"
    ]
    assert told["泉州商会"][0].startswith("Decision maker: Supports, assumed; ")
    assert told["泉州商会"][0].endswith("User: Opposes")
    drawn = page(client_of(cast.owner))
    assert drawn.count('class="seats" role="img"') == len(units)
    assert 'class="k-role s pos assumed"' in drawn
    assert 'class="k-role s open"' in drawn


def test_a_unit_changed_meanwhile_stays_and_is_named(cast, client_of, units):
    client = client_of(cast.manager)
    seen = asked(client, units[:2])
    change_owner(units[0], owner=cast.lead, by=cast.director, reason="first")
    told = {"owner": cast.same_team.pk, "on": business_date().isoformat(), "reason": "two markets"}
    answer = client.post(GIVE, seen | told)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody changed this unit meanwhile" in html
    owners = dict(KeyAccount.objects.values_list("name", "owner__staff_number"))
    assert (owners["泉州商会"], owners["温州商会"]) == ("lead", "same-team")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"owner": ""}, "This field is required."),
        ({"reason": ""}, "This field is required."),
        ({"on": "someday"}, "Enter a valid date."),
        ({"owner": "other_team"}, "Select a valid choice"),
    ],
)
def test_bad_input_is_answered_at_the_field_and_nothing_changes(cast, client_of, units, changed, words):
    client = client_of(cast.manager)
    told = {"owner": cast.same_team.pk, "on": business_date().isoformat(), "reason": "x"} | changed
    if changed.get("owner") == "other_team":
        told["owner"] = cast.other_team.pk
    answer = client.post(GIVE, asked(client, units) | told)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert set(KeyAccount.objects.values_list("owner", flat=True)) == {cast.owner.pk}


@pytest.mark.parametrize("who", ["owner", "same_team", "lead", "clerk", "marketing", "gm", "finance"])
def test_others_give_no_units_away(cast, client_of, units, who):
    told = {"owner": cast.same_team.pk, "on": business_date().isoformat(), "reason": "x", "row": units[0].pk}
    answer = client_of(getattr(cast, who)).post(GIVE, told | {f"version-{units[0].pk}": 1})
    assert answer.status_code == 403
    assert Ownership.objects.filter(unit=units[0]).count() == 1
    assert GIVE not in (client_of(cast.lead).get("/accounts/").content.decode())


def test_units_of_another_team_are_not_given_away(cast, client_of, units):
    answer = client_of(cast.other_manager).post(GIVE, {"row": [unit.pk for unit in units]})
    assert answer.status_code == 422
    assert "泉州商会" not in answer.content.decode()


@pytest.mark.parametrize(("which", "found"), [("any", {0, 1}), ("danger", {0}), ("none", {2, 3})])
def test_the_list_is_narrowed_to_units_with_open_red_flags(cast, client_of, which, found):
    units = [make_unit(f"单位{n}", owner=cast.owner) for n in range(4)]
    for unit in units[:2]:
        flag(unit)
    flag(units[0], kind="no_contact")
    RedFlag.objects.filter(unit=units[1]).update(severity="attention")
    flag(units[2])
    RedFlag.objects.filter(unit=units[2]).update(state="cleared", cleared_at=timezone.now())
    page = client_of(cast.owner).get(f"/accounts/?flagged={which}").content.decode()
    assert {n for n, unit in enumerate(units) if f'href="/accounts/{unit.pk}/"' in page} == found
