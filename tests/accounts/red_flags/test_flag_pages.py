"""The flags of a unit, accepting one, and the list of all."""

import pytest

from accounts.red_flags.models import RedFlag
from accounts.red_flags.services import recompute
from accounts.red_flags.tables import _state
from accounts.red_flags.terms import FlagKind, FlagState, Severity
from accounts.units.services import create_unit
from kam.audit.models import AuditEntry
from tests.factories.accounts import make_person, make_role, make_unit

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def unit(cast):
    unit = create_unit({"name": "泉州商会", "channel": "chamber"}, by=cast.owner, owner=cast.owner)
    make_role(make_person(unit, "许志远"))
    recompute([unit.pk])
    return unit


@pytest.fixture
def flag(unit):
    return RedFlag.objects.get(unit=unit, kind=FlagKind.NO_INSIDER)


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_the_flags_of_a_unit_are_told_with_reason_and_advice(unit, cast, client_of, language):
    cast.owner.language = language
    cast.owner.save()
    client = client_of(cast.owner)
    page = client.get(f"/accounts/{unit.pk}/flags/")
    fragment = client.get(f"/accounts/{unit.pk}/flags/", **HTMX)
    assert (page.status_code, fragment.status_code) == (200, 200)
    assert b"<html" in page.content
    assert b"<html" not in fragment.content
    assert fragment.content.decode().count('class="k-flag') == RedFlag.objects.open().count()
    assert "许志远" in fragment.content.decode()
    if language == "en":
        assert "Technical gatekeeper is missing" in fragment.content.decode()
        assert "%(" not in fragment.content.decode()


def test_a_flag_is_accepted_in_the_page(unit, flag, cast, client_of):
    client = client_of(cast.owner)
    url = f"/accounts/flags/{flag.pk}/accept/"
    assert client.get(url).status_code == 200
    answer = client.post(url, {"comment": "Three people only.", "version": 1}, **HTMX)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (200, "#flags")
    flag.refresh_from_db()
    assert (flag.state, flag.comment) == (FlagState.ACKNOWLEDGED, "Three people only.")
    entry = AuditEntry.objects.get(act="accounts.flag.acknowledged")
    assert (entry.actor, entry.reason) == (cast.owner, "Three people only.")


def test_without_a_script_it_leads_back_to_the_record(unit, flag, cast, client_of):
    url = f"/accounts/flags/{flag.pk}/accept/"
    answer = client_of(cast.owner).post(url, {"comment": "Known.", "version": 1})
    assert (answer.status_code, answer.url) == (302, f"/accounts/{unit.pk}/#flags")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"comment": "", "version": 1}, 422),
        ({"comment": "x" * 501, "version": 1}, 422),
        ({"comment": "ok", "version": 7}, 409),
        ({"comment": "ok", "version": ""}, 422),
    ],
)
def test_a_refusal_stands_at_the_field_and_changes_nothing(flag, cast, client_of, body, status):
    answer = client_of(cast.owner).post(f"/accounts/flags/{flag.pk}/accept/", body, **HTMX)
    flag.refresh_from_db()
    assert (answer.status_code, flag.state, flag.version) == (status, FlagState.OPEN, 1)
    assert b"comment" in answer.content


def test_the_list_shows_own_flags_and_filters_them(unit, cast, client_of):
    other = make_unit("漳州商会", owner=cast.other_team)
    recompute([other.pk])
    client = client_of(cast.owner)
    text = client.get("/accounts/flags/").content.decode()
    assert "泉州商会" in text
    assert "漳州商会" not in text
    assert "泉州商会" not in client.get("/accounts/flags/?state=cleared").content.decode()
    assert "泉州商会" in client.get("/accounts/flags/?q=泉州").content.decode()
    assert "漳州商会" in client_of(cast.director).get("/accounts/flags/").content.decode()


def test_the_list_needs_the_same_statements_for_one_unit_and_for_three(
    unit, cast, client_of, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(cast.owner)
    client.get("/accounts/flags/")
    counts = []
    for _unit in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/accounts/flags/")
        counts.append(len(queries))
        recompute([make_unit(owner=cast.owner).pk, make_unit(owner=cast.owner).pk])
    assert counts[0] == counts[1], [query["sql"] for query in queries]


def test_a_missing_role_is_named_wherever_the_flag_is_told(cast):
    unit = make_unit(owner=cast.owner)
    flag = RedFlag(unit=unit, kind="role_missing", evidence={"seat": "technical"})
    assert flag.words == "Technical gatekeeper is missing"
    assert RedFlag(unit=unit, kind="role_missing").words == "Role missing"
    assert RedFlag(unit=unit, kind="no_contact", evidence={"seat": "x"}).words == str(
        RedFlag(kind="no_contact").get_kind_display()
    )


@pytest.mark.parametrize(
    ("state", "severity", "tone"),
    [
        (FlagState.OPEN, Severity.DANGER, "danger"),
        (FlagState.OPEN, Severity.ATTENTION, "warn"),
        (FlagState.ACKNOWLEDGED, Severity.ATTENTION, "warn"),
        (FlagState.CLEARED, Severity.ATTENTION, "good"),
    ],
)
def test_the_colour_of_a_flag_in_the_list(state, severity, tone):
    assert _state(RedFlag(state=state, severity=severity))[0] == tone
