"""Who holds a unit is told only for the exact name or code, thirty times an hour, and each answer is in the audit."""

import pytest

from accounts.imports.selectors import visible_units
from accounts.imports.services_duplicates import TOLD, find_duplicates
from accounts.units.models import KeyAccount
from accounts.units.services import create_unit
from kam.audit.models import AuditEntry
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from tests.accounts.imports.conftest import GOOD_CODE
from tests.factories.accounts import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(cast):
    values = {"name": "泉州商会", "channel": "chamber", "credit_code": GOOD_CODE, "phone": "0595-123456"}
    return create_unit(values, by=cast.other_team, owner=cast.other_team)


def ask(client, **body):
    return client.post("/accounts/duplicates/", body, HTTP_HX_REQUEST="true").content.decode()


def test_the_exact_name_or_code_names_the_holder_and_nothing_else(unit, cast, client_of):
    client = client_of(cast.owner)
    for body in ({"name": " 泉州商會 "}, {"name": "x", "credit_code": GOOD_CODE.lower()}):
        text = ask(client, **body)
        assert "held by Other-Team, Group 2" in text
        assert "泉州商会" not in text
        assert f"/accounts/{unit.pk}/" not in text
    assert AuditEntry.objects.filter(act=TOLD, actor=cast.owner, object_id=unit.pk).count() == 2


@pytest.mark.parametrize(
    "body", [{"name": "泉州"}, {"name": "泉州商"}, {"phone": "0595-123456"}, {"name": ""}]
)
def test_a_part_of_the_name_or_the_phone_tells_nothing_of_others(unit, cast, client_of, body):
    text = ask(client_of(cast.owner), **body)
    assert "held by" not in text
    assert "泉州商会" not in text
    assert not AuditEntry.objects.filter(act=TOLD).exists()


def test_own_units_are_shown_with_what_looks_alike(unit, cast, client_of):
    create_unit({"name": "泉州商会联合会", "channel": "chamber"}, by=cast.other_team, owner=cast.other_team)
    text = ask(client_of(cast.other_team), name="泉州商会")
    assert f"/accounts/{unit.pk}/" in text
    assert "泉州商会联合会" in text
    assert not AuditEntry.objects.filter(act=TOLD).exists()


def test_thirty_answers_an_hour(unit, cast, time_machine):
    time_machine.move_to("2026-06-01T02:00:00Z", tick=False)
    for _answer in range(30):
        assert find_duplicates(name="泉州商会", by=cast.owner).holder == "Other-Team"
    with pytest.raises(BusinessError) as refused:
        find_duplicates(name="泉州商会", by=cast.owner)
    assert refused.value.code == "too_often"
    assert AuditEntry.objects.filter(act=TOLD).count() == 30
    time_machine.move_to("2026-06-01T03:00:01Z", tick=False)
    assert find_duplicates(name="泉州商会", by=cast.owner).holder == "Other-Team"


def test_the_name_of_a_merged_unit_means_its_survivor(cast):
    make_unit("湘潭商会", owner=cast.owner)
    survivor, loser = (make_unit(name, owner=cast.other_team) for name in ("泉州商会", "老泉州商会"))
    KeyAccount.objects.filter(pk=loser.pk).update(merged_into=survivor, merged_on=business_date())
    KeyAccount.objects.filter(pk=survivor.pk).update(absorbed_ids=[loser.pk])
    found = find_duplicates(name="老泉州商会", by=cast.owner)
    assert (found.same, found.is_own, found.holder) == (survivor, False, "Other-Team")


def test_hints_of_a_file_name_units_one_sees(cast):
    units = [make_unit(name, owner=who) for name, who in (("甲", cast.owner), ("乙", cast.other_team))]
    assert set(visible_units(cast.owner)) == {units[0]}
    assert set(visible_units(cast.director)) == set(visible_units(cast.admin)) == set(units)
