"""Who reads, assesses and closes score sheets."""

from kam.users.models import User
from kam.users.terms import Position
from kpi.sheets.models import READERS, Sheet
from kpi.sheets.terms import OPEN_STATES, SheetState

#: Who is assessed by whom besides the manager of the team (S-207): the director by the general manager, all others by the director.
_ABOVE = {
    Position.SPECIALIST: Position.DIRECTOR,
    Position.TEAM_LEAD: Position.DIRECTOR,
    Position.MANAGER: Position.DIRECTOR,
    Position.DIRECTOR: Position.GENERAL_MANAGER,
}


def can_see_sheets(user: User) -> bool:
    """Whoever is scored or reads scores."""
    return user.is_active and (user.position in READERS or user.position in _ABOVE)


def can_review_self(user: User, sheet: Sheet) -> bool:
    """The person alone, while the sheet is with them."""
    return (
        user.is_active and sheet.user_id == user.pk and sheet.state in {SheetState.DRAFT, SheetState.RETURNED}
    )


def is_assessor(user: User, sheet: Sheet) -> bool:
    """The manager of a specialist's team, the director, for the director the general manager; never the person."""
    if not user.is_active or user.pk == sheet.user_id:
        return False
    if user.position == _ABOVE.get(Position(sheet.position)):
        return True
    is_managers = (
        sheet.position in {Position.SPECIALIST, Position.TEAM_LEAD} and user.position == Position.MANAGER
    )
    return is_managers and Sheet.objects.visible_to(user).filter(pk=sheet.pk).exists()


def can_assess(user: User, sheet: Sheet) -> bool:
    """Assessors, until the sheet is agreed."""
    return sheet.state in OPEN_STATES and is_assessor(user, sheet)


def can_comment(user: User, sheet: Sheet) -> bool:
    """The person, the assessors and HR, until the sheet is closed."""
    if sheet.is_over or not user.is_active:
        return False
    return user.pk == sheet.user_id or user.position == Position.HR or is_assessor(user, sheet)


def can_close(user: User) -> bool:
    """HR and the director close a month, a quarter, a year."""
    return user.is_active and user.position in {Position.HR, Position.DIRECTOR}


def can_sign(user: User, sheet: Sheet) -> bool:
    """The person, once, when it is closed."""
    return (
        user.is_active
        and sheet.user_id == user.pk
        and sheet.state == SheetState.CLOSED
        and sheet.signed_at is None
    )


def can_ask_correction(user: User, sheet: Sheet) -> bool:
    """The person appeals; assessors and HR may ask as well."""
    if sheet.state != SheetState.CLOSED or not user.is_active:
        return False
    return user.pk == sheet.user_id or user.position == Position.HR or is_assessor(user, sheet)
