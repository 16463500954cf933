"""Who may do what with job sheets: director and HR write, the other of the two reviews, the general manager approves."""

from kam.job_sheets.models import JobSheet
from kam.job_sheets.rules import KEEPERS
from kam.users.models import User


def can_keep_sheets(user: User) -> bool:
    """Begin a new version."""
    return user.is_active and user.position in KEEPERS


def can_edit_sheet(user: User, sheet: JobSheet) -> bool:
    """Change, hand in or discard a version that is not decided yet: whoever keeps sheets, so that nothing waits for one person."""
    return can_keep_sheets(user) and sheet.is_open
