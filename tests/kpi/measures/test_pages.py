"""The catalogue of measures and the facts behind a figure, over HTTP."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories.accounts import make_unit
from tests.factories.visits import make_visit

pytestmark = pytest.mark.django_db


def test_a_figure_opens_the_facts_that_add_up_to_it(cast, client_of):
    for day in (15, 16):
        make_visit(make_unit(f"泉州商会{day}", owner=cast.owner), user=cast.owner, on=date(2026, 6, day))
    client = client_of(cast.manager)
    page = client.get("/kpi/measures/", {"of": f"person-{cast.owner.pk}", "month": "2026-06"})
    found = {row["measure"].key: row["amount"] for _label, rows in page.context["groups"] for row in rows}
    assert found["visits.held"] == 2
    address = f"/kpi/facts/visits.held/person-{cast.owner.pk}/?month=2026-06"
    assert address in page.content.decode()
    facts = client.get(address)
    assert [fact.label for fact in facts.context["facts"]] == ["泉州商会15", "泉州商会16"]
    assert facts.context["total"] == Decimal(2)
    assert f"/visits/{facts.context['facts'][0].ref.partition(':')[2]}/" in facts.content.decode()


def test_hr_reads_facts_without_customers(cast, client_of):
    """Whoever opens no unit reads when and how much, which a score is made of, and not whom (spec 01: HR, units –)."""
    make_visit(make_unit("泉州商会", owner=cast.owner), user=cast.owner, on=date(2026, 6, 15))
    page = client_of(cast.hr).get("/kpi/facts/visits.held/department/?month=2026-06")
    assert [(fact.day, fact.amount) for fact in page.context["facts"]] == [(date(2026, 6, 15), Decimal(1))]
    assert "泉州商会" not in page.content.decode()
    assert 'href="/visits/' not in page.content.decode().split("k-table", 1)[1]


@pytest.mark.parametrize(
    "path",
    [
        "/kpi/facts/nothing/department/?month=2026-06",
        "/kpi/facts/visits.held/nobody/?month=2026-06",
        "/kpi/facts/visits.held/department/?from=2026-06-05&until=2026-06-01",
        "/kpi/measures/?of=nobody",
    ],
)
def test_what_no_address_of_ours_says_is_not_found(cast, client_of, path):
    assert client_of(cast.director).get(path).status_code == 404


def test_any_days_may_be_asked(cast, client_of):
    make_visit(make_unit(owner=cast.owner), user=cast.owner, on=date(2026, 6, 15))
    path = "/kpi/facts/visits.held/department/?from=2026-06-10&until=2026-06-15"
    assert client_of(cast.director).get(path).context["total"] == 1


def test_the_catalogue_asks_the_same_number_of_statements_for_more_people(
    cast, client_of, django_assert_max_num_queries
):
    client = client_of(cast.director)
    client.get("/kpi/measures/")
    for n in range(3):
        make_visit(make_unit(owner=cast.owner), user=cast.owner, on=date(2026, 6, 10 + n))
    with django_assert_max_num_queries(50):
        client.get("/kpi/measures/", {"month": "2026-06"})
