"""What the page of a record reads comes with one statement, and is what its rooms read alone."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.units.services import observe
from accounts.units.terms import Field
from kam.core.clock import business_date
from kam.notes.registry import link_of, links_of
from kam.notes.terms import SourceKey
from tests.factories.accounts import make_contact, make_person, make_role, make_unit
from tests.factories.visits import make_visit
from visits.reports.models import VisitReport

pytestmark = pytest.mark.django_db
FIELDS = (Field.MAIN_BUSINESS, Field.OFFICE_ENVIRONMENT, Field.ACTIVITIES)


@pytest.fixture
def unit(cast):
    unit = make_unit("泉州商会", owner=cast.owner)
    person = make_person(unit, reports_to=make_person(unit))
    make_role(person)
    make_contact(unit, person, on=business_date() - timedelta(days=3))
    return unit


def make_report(unit, user, field):
    visit = make_visit(unit, user=user, on=date(2026, 6, 1))
    report = VisitReport.objects.create(
        visit=visit, variant="property", state="submitted", submitted_at=timezone.now()
    )
    source = SourceKey.of("report", report.pk, "拜访 2026-06-01")
    observe(unit, {field: "钢材"}, learned_on=date(2026, 6, 1), by=user, source=source)
    return visit


def test_facts_of_many_reports_cost_one_statement_and_lead_to_each(unit, cast, client_of):
    def opened():
        client_of(cast.owner).get(f"/accounts/{unit.pk}/")
        with CaptureQueriesContext(connection) as caught:
            page = client_of(cast.owner).get(f"/accounts/{unit.pk}/").content.decode()
        return len(caught), page

    visits = [make_report(unit, cast.owner, FIELDS[0])]
    one, page = opened()
    visits += [make_report(unit, cast.owner, field) for field in FIELDS[1:]]
    three, page = opened()
    assert three == one
    for visit in visits:
        assert f'<a href="/visits/{visit.pk}/report/">' in page


def test_addresses_of_many_are_those_of_each(unit, cast):
    sources = [SourceKey.of("report", make_report(unit, cast.owner, FIELDS[0]).report.pk, "one")]
    sources += [SourceKey.of("report", 10**9), SourceKey.of("accounts.unit", unit.pk), SourceKey("", "", "")]
    assert links_of(sources) == {source: link_of(source) for source in sources}
    assert [bool(link_of(source)) for source in sources] == [True, False, True, False]


def test_the_page_says_of_the_unit_what_its_open_tab_says_alone(unit, cast, client_of):
    make_report(unit, cast.owner, FIELDS[0])
    client = client_of(cast.owner)
    client.get(f"/accounts/{unit.pk}/")  # flags are computed now
    page = client.get(f"/accounts/{unit.pk}/").content.decode()
    alone = client.get(f"/accounts/{unit.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert alone.count("<section") > 3
    assert alone.strip() in page


def test_flags_that_opening_the_record_raises_stand_in_that_very_page(cast, client_of):
    unit = make_unit("荷塘商会", owner=cast.owner, tier="A", last_contact_on=date(2026, 1, 5))
    first, second = (client_of(cast.owner).get(f"/accounts/{unit.pk}/").content.decode() for _n in range(2))
    assert 'id="flag-' in first
    assert first.count('id="flag-') == second.count('id="flag-')
