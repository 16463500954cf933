"""The file of rows that stayed outside: the same headings, a column with the reason, ready to be mended and fed in again."""

import io

from django.utils.translation import get_language

from accounts.imports.models import UnitImport
from accounts.imports.selectors_wizard import reason_of
from accounts.imports.terms import HEADS, REASON_HEADS, Column, Fate


def errors_workbook(unit_import: UnitImport) -> bytes:
    """Return the rows with errors as XLSX; every cell is text, so a formula does nothing."""
    from xlsxwriter import Workbook  # noqa: PLC0415 -- only this file needs it

    columns = [Column(name) for _place, name in sorted(unit_import.mapping.items(), key=lambda p: int(p[0]))]
    heads = {Column(name): unit_import.heads[int(place)] for place, name in unit_import.mapping.items()}
    missing = [column for column in (Column.CHANNEL, Column.OWNER) if column not in columns]
    columns += missing
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    reason = REASON_HEADS[1] if get_language() == "en" else REASON_HEADS[0]
    titles = [heads.get(column, HEADS[column][0]) for column in columns] + [reason]
    for place, title in enumerate(titles):
        sheet.write_string(0, place, title)
    rows = unit_import.rows.filter(fate=Fate.ERROR).order_by("number")
    for number, row in enumerate(rows.iterator(chunk_size=500), 1):
        cells = [row.cells.get(column, "") for column in columns] + [reason_of(row)]
        for place, text in enumerate(cells):
            sheet.write_string(number, place, text)
    book.close()
    return file.getvalue()
