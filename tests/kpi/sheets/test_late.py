"""Late visits and closed months: accepted before the closing they are in, after it they are refused and change nothing."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from kam.core.errors import BusinessError
from kpi.measures.rules import Holder
from kpi.measures.selectors import figures
from kpi.measures.terms import Kind
from kpi.schemes.services import NewScheme, lines_from, put_in_force
from kpi.sheets.closing import close_period, is_closed_for
from kpi.sheets.late import counted_by
from kpi.sheets.models import Seal
from kpi.sheets.verify import verify_seals
from tests.factories.accounts import make_unit
from tests.factories.kpi import JUNE, at, make_agreed, make_target
from tests.factories.visits import make_visit
from visits.visits.models import Visit
from visits.visits.services.late import accept_late_entry

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 20)
RETURNS = NewScheme(
    "specialist",
    lines_from(
        [
            {
                "indicator": "relations",
                "weight": "100",
                "method": "linear",
                "terms": {"nothing_at": "0", "full_at": "100"},
            }
        ]
    ),
    date(2026, 6, 1),
)


def late_visit(user):
    visit = make_visit(make_unit(owner=user), user=user, on=DAY)
    Visit.objects.filter(pk=visit.pk).update(is_late=True, business_date=None, late_reason="出差")
    return Visit.objects.get(pk=visit.pk)


def counted(user):
    return figures("visits.held", JUNE).of(Holder(Kind.PERSON, (user.pk,)))


def test_a_late_visit_is_in_before_the_closing_and_refused_after_it(cast):
    first, second = late_visit(cast.owner), late_visit(cast.owner)
    make_agreed(cast.owner, by=cast.manager)
    with at(date(2026, 7, 10)):
        accept_late_entry(first, cast.manager)
        assert counted(cast.owner) == 1
        close_period(JUNE, by=cast.hr)
        assert is_closed_for(cast.owner.pk, DAY)
        assert not is_closed_for(cast.same_team.pk, DAY)
        assert not is_closed_for(cast.owner.pk, date(2026, 7, 9))
        with pytest.raises(BusinessError, match="counts no more"):
            accept_late_entry(second, cast.manager)
    second.refresh_from_db()
    assert (second.business_date, counted(cast.owner)) == (None, 1)


def test_the_proof_names_rows_of_every_kind_that_came_late_or_are_gone(cast, capsys, client_of):
    make_target(1_200, "visits.return", person=cast.owner)
    put_in_force(RETURNS, by=None)
    stays, goes = (late_visit(cast.owner) for _n in range(2))
    Visit.objects.update(business_date=DAY, kind="return")
    sheet = make_agreed(cast.owner, by=cast.manager)
    with at(date(2026, 7, 10)):
        close_period(JUNE, by=cast.hr)
    seal = Seal.objects.get()
    rows = [[f"visit:{visit.pk}", "2026-06-20", "1"] for visit in (stays, goes)]
    assert counted_by(seal) == {"visits.return": sorted(rows)}
    assert verify_seals().late == []
    comes = late_visit(cast.owner)
    Visit.objects.filter(pk=comes.pk).update(business_date=DAY, kind="return")
    Visit.objects.filter(pk=goes.pk).update(business_date=None)
    call_command("kpi", "verify", "--json")
    told = json.loads(capsys.readouterr().out)
    row = {"sheet": sheet.number, "measure": "visits.return", "day": "2026-06-20", "amount": "1"}
    assert told["ok"] is True
    assert told["late"] == [
        row | {"ref": f"visit:{comes.pk}", "what": "late"},
        row | {"ref": f"visit:{goes.pk}", "what": "gone"},
    ]
    call_command("kpi", "verify")
    assert f"came late: visits.return visit:{comes.pk} 2026-06-20 1" in capsys.readouterr().out
    page = client_of(cast.owner).get(f"{sheet.get_absolute_url()}late/")
    found = [(row.ref, row.is_gone) for row in page.context["rows"]]
    assert found == [(f"visit:{comes.pk}", False), (f"visit:{goes.pk}", True)]
