"""Headings of the spreadsheet of targets, and what may be wrong with a cell."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kpi.targets.terms import MONTH_COLUMNS, Column, Fault

COLUMN_LABELS: dict[Column, Any] = {
    Column.YEAR: _("Year"),
    Column.MEASURE: _("Measure"),
    Column.PERSON: _("Person (staff number)"),
    Column.TEAM: _("Team"),
    Column.UNIT: _("Only this unit"),
    Column.AREA: _("Only this region"),
    Column.PRODUCT: _("Only this product"),
    Column.AMOUNT: _("Target of the year"),
    Column.RECENT: _("Recent sales per head"),
    Column.PEERS: _("Sales per head of peers"),
    Column.DEMAND: _("Change of market demand"),
    Column.POLICY: _("Adjustment of policy"),
} | {column: f"{number:02d}" for number, column in enumerate(MONTH_COLUMNS, 1)}

FAULT_LABELS = {
    Fault.YEAR: _("a year from 2004 to 2099"),
    Fault.MISSING: _("say which measure"),
    Fault.UNKNOWN: _("nobody and nothing of yours is called so"),
    Fault.BOTH: _("a person or a team, not both"),
    Fault.UNIT_OF_NOBODY: _("a unit’s target belongs to a person"),
    Fault.NOT_YOURS: _("you set the targets of your teams and their people"),
    Fault.NO_MONTHS: _("this measure is to be reached at each month’s end and has no months of its own"),
    Fault.SUM: _("the months do not add up to this"),
    Fault.AMOUNT: _("not an amount"),
    Fault.EXISTS: _("there is a target like this already; ask for a change of its months"),
    Fault.TWICE: _("an earlier row of this file says the same"),
}
