"""Reads of loans: what should come back, by person."""

from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet

from kam.today.asks import Ask
from visits.equipment.models import Loan
from visits.equipment.terms import LoanState


def _due(people: Any, day: date) -> QuerySet[Loan]:
    rows = Loan.objects.filter(user__any_of=people, state=LoanState.OUT, ends_on__lte=day + timedelta(days=1))
    return rows.select_related("resource").order_by("ends_on", "pk")


#: Equipment to be given back by tomorrow, or overdue.
LOANS_DUE: Ask[Loan] = Ask("equipment.due", _due, attrgetter("user_id"))
