"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from accounts.imports.terms import Column, Fate, ImportState, Problem

COLUMN_LABELS = {
    Column.NAME: _("Unit name"),
    Column.SHORT_NAME: _("Short name"),
    Column.ENGLISH_NAME: _("English name"),
    Column.CREDIT_CODE: _("Credit code"),
    Column.CHANNEL: _("Channel"),
    Column.INDUSTRY: _("Industry"),
    Column.AREA: _("Area"),
    Column.ADDRESS: _("Address"),
    Column.PHONE: _("Telephone"),
    Column.WEBSITE: _("Website"),
    Column.HEADCOUNT: _("Staff in service"),
    Column.INCOME: _("Per-capita annual income"),
    Column.BUSINESS: _("Main business"),
    Column.TIER: _("Tier"),
    Column.OWNER: _("Owner"),
    Column.NOTE: _("Remark"),
}
FATE_LABELS = {
    Fate.CREATED: _("New"),
    Fate.UPDATED: _("Updated"),
    Fate.UNCHANGED: _("Unchanged"),
    Fate.DUPLICATE: _("Duplicate"),
    Fate.ERROR: _("Error"),
}
STATE_LABELS = {
    ImportState.UPLOADED: _("Uploaded"),
    ImportState.CHECKED: _("Checked"),
    ImportState.WRITING: _("Writing"),
    ImportState.WRITTEN: _("Written"),
    ImportState.STOPPED: _("Stopped"),
    ImportState.FAILED: _("Failed"),
}
PROBLEM_LABELS = {
    Problem.MISSING: _("required"),
    Problem.TOO_LONG: _("too long"),
    Problem.BAD_CHARACTERS: _("has characters that cannot be shown"),
    Problem.CHECK_CHARACTER: _("the check character is wrong"),
    Problem.NOT_A_CODE: _("not a unified social credit code"),
    Problem.NOT_A_NUMBER: _("not a number"),
    Problem.NEGATIVE: _("may not be negative"),
    Problem.TOO_LARGE: _("too large"),
    Problem.UNKNOWN_CHANNEL: _("no such channel"),
    Problem.UNKNOWN_TIER: _("only A to D"),
    Problem.UNKNOWN_OWNER: _("nobody has this staff number"),
    Problem.OWNER_NOT_YOURS: _("you may not import for this person"),
    Problem.NO_RIGHTS: _("whoever brought the file may not import any more"),
    Problem.NOT_A_PHONE: _("not a telephone number"),
    Problem.NOT_A_WEBSITE: _("not the address of a website"),
}
UNREADABLE_LABELS = {
    "empty": _("The file is empty."),
    "too_big": _("The file is larger than 20 MB."),
    "old_excel": _("This is an old Excel file (.xls). Save it as .xlsx or CSV and try again."),
    "not_a_workbook": _("The workbook is damaged. Open it in Excel or WPS, save it again and retry."),
    "bomb": _("The workbook would unpack to far more than it weighs and was not opened."),
    "not_text": _("This is neither a workbook nor a text file."),
    "unknown_encoding": _("The text is neither UTF-8 nor GBK."),
    "too_many_rows": _("The file has more than 200,000 rows."),
    "no_name_column": _("No column with the name of the unit was found. Its heading is 单位名称 or Name."),
    "not_found": _("The file was not found."),
}
