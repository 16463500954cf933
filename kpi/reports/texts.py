"""A report as the text of a mail: at most so many lines, and the way to the whole. It is made with the rights of whom it is for."""

from decimal import Decimal

from django.conf import settings
from django.http import QueryDict
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from kam.core.errors import BusinessError
from kam.users.models import User
from kpi.reports.models import SavedReport
from kpi.reports.registry import source_called
from kpi.reports.rules import Table
from kpi.reports.selectors import Asked, pivot_of

#: Lines and columns of a mail; the page has all.
MOST_LINES, MOST_COLUMNS = 30, 6


def letter_of(report: SavedReport, user: User) -> tuple[str, str] | None:
    """Return subject and text for one reader in their language; None where they may not open the source."""
    source = source_called(report.source)
    if source is None or not source.can_open(user):
        return None
    with translation.override(user.language or settings.LANGUAGE_CODE):
        asked = Asked(source, user, QueryDict(report.query))
        try:
            body = _table(pivot_of(asked))
        except BusinessError as error:
            body = str(error)
        subject = _("Report: %(name)s") % {"name": report.name}
        days = f"{asked.period.first} – {asked.period.last}" if asked.period else ""
        head = " · ".join(part for part in (str(source.label), str(asked.figure.label), days) if part)
        way = _("The whole report, as you may see it: %(url)s") % {
            "url": f"{settings.BASE_URL}{report.get_absolute_url()}"
        }
        stop = _("You can end these mails on the page of the report.")
    return subject, "\n".join([head, "", body, "", way, stop])


def _table(table: Table) -> str:
    if not table.lines:
        return _("Nothing was counted in this period.")
    heads = [label for _key, label in table.columns[:MOST_COLUMNS]]
    lines = [" | ".join(["", *heads, _("Sum")])] if len(table.columns) > 1 else []
    for line in table.lines[:MOST_LINES]:
        cells = [_number(cell) for cell in line.cells[:MOST_COLUMNS]] if len(table.columns) > 1 else []
        lines.append(" | ".join([line.label, *cells, _number(line.total)]))
    if len(table.lines) > MOST_LINES:
        lines.append("…")
    lines.append(
        " | ".join([_("Sum"), *([""] * len(heads) if len(table.columns) > 1 else []), _number(table.total)])
    )
    return "\n".join(lines)


def _number(amount: Decimal | None) -> str:
    return "–" if amount is None else number_format(amount, use_l10n=True, force_grouping=True)
