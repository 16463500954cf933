"""The register in the browser: the list with its file, one entry, the policy, the card of a person, the tab of a unit."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.integrity import services
from campaigns.integrity.models import PolicyVersion
from kam.approvals import services as approvals
from kam.approvals.models import Request
from kam.approvals.routes import load_default_routes
from kam.approvals.rule_changes.models import RuleChange
from tests.factories.accounts import make_unit
from tests.factories.integrity import WHY, make_benefit, make_receiver

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(cast):
    return make_receiver(make_unit("泉州商会", owner=cast.owner))


@pytest.fixture
def owner(cast, client_of):
    return client_of(cast.owner)


def test_the_register_shows_what_colleagues_gave_to_the_own_persons(cast, person, owner):
    row = make_benefit(person, cast.other_team, 260, excuse=WHY)
    services.give(row, by=cast.other_team, on=row.on)
    other = make_receiver(make_unit("厦门商会", owner=cast.other_team), name="钱多")
    make_benefit(other, cast.owner, 50)
    page = owner.get("/integrity/").content.decode()
    assert ("赵敏" in page, "260.00" in page, "item above the limit" in page, "钱多" in page) == (
        *[True] * 3,
        False,
    )
    assert "赵敏" not in owner.get("/integrity/?state=reserved").content.decode()
    assert "赵敏" in owner.get("/integrity/?state=given&watched=compliance&q=赵敏").content.decode()
    assert "赵敏" not in owner.get("/integrity/?watched=split").content.decode()
    assert "赵敏" not in owner.get("/integrity/?state=freed").content.decode()
    told = owner.get(row.get_absolute_url()).content.decode()
    assert all(word in told for word in ("年度答谢，已报备", "Other-Team", "LP-1"))


def test_person_and_unit_show_what_was_received_and_what_is_left(cast, person, owner):
    make_benefit(person, cast.same_team, 150)
    for address in (person.get_absolute_url(), f"/accounts/{person.unit_id}/tabs/benefits/"):
        page = owner.get(address).content.decode()
        assert "钢笔" in page
        assert "150.00 of" in page


def test_the_policy_says_who_gets_what(owner):
    page = owner.get("/integrity/policy/").content.decode()
    assert ("Public officials" in page, "5,000.00" in page, "refused" in page) == (True, True, True)


def test_what_is_refused_is_let_go_only_with_the_general_manager(cast, client_of):
    load_default_routes()
    admin = client_of(cast.admin)
    row = PolicyVersion.objects.get(party="official", kind="cash")
    address = f"/admin/approvals/rulechange/add/?kind=integrity_policy&of={row.pk}"
    assert "Public officials" in admin.get(address).content.decode()
    told = {"party": "official", "kind": "cash", "outcome": "compliance"}
    told |= {"valid_from": "2027-01-01", "reason": "董事会决定"}
    answer = admin.post("/admin/approvals/rulechange/add/?kind=integrity_policy", told)
    change = RuleChange.objects.get()
    assert "every receipt will say so" in admin.get(answer["Location"]).content.decode()
    admin.post(answer["Location"], told | {"_submit": "1", "version": change.version})
    request = Request.objects.get()
    for decider in (cast.director, cast.marketing, cast.gm):
        assert not PolicyVersion.objects.filter(number=2).exists()
        request = approvals.approve(request, by=decider, version=request.version)
    row = PolicyVersion.objects.get(number=2)
    assert (row.party, row.kind, row.outcome, str(row.valid_from)) == (
        "official",
        "cash",
        "compliance",
        "2027-01-01",
    )


def test_the_list_asks_the_same_number_of_statements(cast, person, owner):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            owner.get("/integrity/")
        return len(seen)

    make_benefit(person, cast.owner, 20)
    owner.get("/integrity/")
    one = count()
    for n in range(3):
        make_benefit(make_receiver(person.unit, name=f"人{n}"), cast.owner, 20)
    assert count() == one
