"""A month closes while late entries come in: each is in the sealed figures or refused. Fails without locks: see tests/test_race_controls.py."""

import threading
from contextlib import suppress
from datetime import date

import pytest

from kam.core.errors import BusinessError
from kpi.schemes.services import put_in_force
from kpi.sheets import closing
from kpi.sheets.closing import close_period
from kpi.sheets.late import counted_by
from kpi.sheets.models import Seal
from kpi.sheets.verify import verify_seals
from tests.factories.accounts import make_unit
from tests.factories.kpi import JUNE, at, make_agreed, make_target
from tests.factories.visits import make_visit
from tests.kpi.sheets.test_late import DAY, RETURNS
from tests.racing import at_once
from visits.visits.models import Visit
from visits.visits.services import late

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def met_once(act, barrier, first):
    """Return `act`; whoever comes first waits before it for the closing, which gets there only if nothing keeps it out."""

    def meet(*args, **kwargs):
        if first.acquire(blocking=False):
            with suppress(threading.BrokenBarrierError):
                barrier.wait(timeout=1.5)
        return act(*args, **kwargs)

    return meet


def test_of_fifty_late_entries_while_a_month_closes_each_is_in_or_refused(cast, monkeypatch):
    make_target(1_200, "visits.return", person=cast.owner)
    put_in_force(RETURNS, by=None)
    unit = make_unit(owner=cast.owner)
    visits = [make_visit(unit, user=cast.owner, on=DAY) for _n in range(50)]
    Visit.objects.update(is_late=True, business_date=None, late_reason="出差", kind="return")
    make_agreed(cast.owner, by=cast.manager)
    meeting = threading.Barrier(2)
    monkeypatch.setattr(late, "record", met_once(late.record, meeting, threading.Lock()))
    monkeypatch.setattr(closing, "_seal", met_once(closing._seal, meeting, threading.Lock()))

    def accept(rows):
        answers = []
        for row in rows:
            try:
                late.accept_late_entry(row, cast.manager)
                answers.append("in")
            except BusinessError:
                answers.append("refused")
        return answers

    with at(date(2026, 7, 10)):
        *answers, closed = at_once(
            *(lambda rows=visits[n::5]: accept(rows) for n in range(5)),
            lambda: close_period(JUNE, by=cast.hr),
        )
    told = [answer for some in answers for answer in some]
    assert (len(told), len(closed.sealed)) == (50, 1)
    assert len(counted_by(Seal.objects.get())["visits.return"]) == told.count("in")
    assert Visit.objects.filter(business_date=DAY).count() == told.count("in")
    assert verify_seals().as_json() == {"ok": True, "checked": 1, "first_bad": None, "late": []}
