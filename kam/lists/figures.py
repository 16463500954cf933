"""Files of figures that are no list: a dashboard, a report. Audited and bounded as lists are (ADR 0012, 0018)."""

import io
from collections.abc import Sequence

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from kam.audit import services as audit
from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.locks import locked
from kam.lists.rules import Limits, why_approval
from kam.lists.selectors import EXPORTED, rows_taken
from kam.lists.writers import CONTENT_TYPES, Sheet, write_book, write_csv
from kam.settings_rows.selectors import int_setting
from kam.users.models import User


@transaction.atomic
def send_figures(
    sheets: Sequence[Sheet], *, key: str, query: str, file_format: str, by: User
) -> HttpResponse:
    """Answer with a file of these tables, CSV of the first one only; refused where rows of this number need the director.

    Figures hold no personal column. Whoever needs more asks the director for the rows behind them, which are lists.
    """
    locked(
        User.objects.filter(pk=by.pk)
    ).get()  # of several files at once each counts what the one before took
    kept = [Sheet(sheet.title, sheet.heads, list(sheet.rows)) for sheet in sheets]
    kept = kept[:1] if file_format == "csv" else kept
    count = sum(len(list(sheet.rows)) for sheet in kept)
    limits = Limits(int_setting("export_approval_rows"), int_setting("export_thirty_days_rows"))
    if why_approval(is_personal=False, rows=count, taken=rows_taken(by), limits=limits) is not None:
        raise BusinessError(
            _("These are more rows than may leave without the director. Open the rows behind and ask there."),
            code="too_many",
        )
    file = io.BytesIO()  # as many rows as may leave at once
    if file_format == "csv":
        write_csv(file, kept[0].heads, kept[0].rows)
    else:
        write_book(file, kept)
    told = {"list": key, "query": query, "format": file_format, "rows": count}
    audit.record(EXPORTED, by, by=by, changes={name: (None, value) for name, value in told.items()})
    name = f"{key.replace('.', '-')}-{business_date():%Y%m%d}.{file_format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file.getvalue(), content_type=CONTENT_TYPES[file_format], headers=headers)
