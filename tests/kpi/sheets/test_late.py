"""Late visits and closed months: accepted before the closing they are in, after it they are refused and change nothing."""

import threading
from datetime import date

import pytest
from django.db import connection

from kam.core.errors import BusinessError
from kpi.measures.rules import Holder
from kpi.measures.selectors import figures
from kpi.measures.terms import Kind
from kpi.sheets.closing import close_period, is_closed_for
from kpi.sheets.models import Seal, Sheet
from kpi.sheets.verify import verify_seals
from tests.factories.accounts import make_unit
from tests.factories.kpi import JUNE, at, make_agreed
from tests.factories.visits import make_visit
from visits.visits.models import Visit
from visits.visits.services.late import accept_late_entry

DAY = date(2026, 6, 20)


def late_visit(user):
    visit = make_visit(make_unit(owner=user), user=user, on=DAY)
    Visit.objects.filter(pk=visit.pk).update(is_late=True, business_date=None, late_reason="出差")
    return Visit.objects.get(pk=visit.pk)


def counted(user):
    return figures("visits.held", JUNE).of(Holder(Kind.PERSON, (user.pk,)))


@pytest.mark.django_db
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


@pytest.mark.django_db(transaction=True)
def test_of_visits_accepted_while_a_month_closes_each_is_in_or_refused(cast):
    visits = [late_visit(cast.owner) for _n in range(12)]
    sheet = make_agreed(cast.owner, by=cast.manager)
    start, outcomes = threading.Barrier(5), []

    def run(work):
        start.wait()
        try:
            work()
        finally:
            connection.close()

    def accept(rows):
        for row in rows:
            try:
                accept_late_entry(row, cast.manager)
                outcomes.append("in")
            except BusinessError:
                outcomes.append("refused")

    works = [lambda rows=visits[n::4]: accept(rows) for n in range(4)] + [
        lambda: close_period(JUNE, by=cast.hr)
    ]
    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    with at(date(2026, 7, 10)):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (len(outcomes), Sheet.objects.get(pk=sheet.pk).state, Seal.objects.count()) == (12, "closed", 1)
    assert counted(cast.owner) == outcomes.count("in")
    accepted = Visit.objects.filter(business_date__isnull=False).count()
    assert accepted == outcomes.count("in")
    assert verify_seals().first_bad is None
