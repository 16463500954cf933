"""Outlets on paper: the sheet of one, the ranking of a quarter."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.outlets.models import Outlet
from campaigns.outlets.rules import name_of
from campaigns.outlets.selectors import Quarter
from kam.pdf.services import Sheet

MONTHS_SHOWN = 12


def outlet_sheet(outlet: Outlet, *, language: str) -> Sheet:
    """Return what an outlet is, what it sold in its last twelve months told, and who sells there."""
    with override(language):
        return Sheet(
            "campaigns_outlet",
            {
                "outlet": outlet,
                "sales": list(outlet.sales.select_related("by")[:MONTHS_SHOWN]),
                "sellers": list(outlet.sellers.filter(until__isnull=True).select_related("person")),
            },
            _("Sheet of an outlet"),
            outlet.number,
            "campaigns.outlet",
            language=language,
            signatures=(_("Who keeps it"), _("Owner"), _("Key-account manager")),
        )


def quarter_sheet(quarter: Quarter, first: date, last: date, *, language: str) -> Sheet:
    """Return the ranking of a quarter as its reader sees it: the last one closes, a new one opens."""
    with override(language):
        title = " ".join((_("Ranking of the quarter"), name_of(first)))
        return Sheet(
            "campaigns_outlets_quarter",
            {"quarter": quarter, "first": first, "last": last},
            title,
            f"OQ-{name_of(first)}",
            "campaigns.outlets_quarter",
            language=language,
            signatures=(_("Key-account manager"), _("Key-account director")),
        )
