"""Who may do what with suggestions, support, knowledge, training, standards."""

from accounts.knowledge.models import Article, Suggestion, SupportRequest
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from kam.users.models import User
from kam.users.terms import SELLERS, Position

_WRITERS = SELLERS | {Position.MARKETING_DIRECTOR, Position.CLERK, Position.HR}
_EDITORS = frozenset({Position.MANAGER, Position.DIRECTOR, Position.MARKETING_DIRECTOR})


def can_record_suggestion(user: User, unit: KeyAccount) -> bool:
    """Whoever writes the unit, and the clerk, who answers the telephone."""
    return user.is_active and (user.position == Position.CLERK or can_edit_unit(user, unit))


def can_handle_suggestion(user: User, suggestion: Suggestion) -> bool:
    return user.is_active and (suggestion.owner_id == user.pk or can_edit_unit(user, suggestion.unit))


def can_ask_for_support(user: User) -> bool:
    return user.is_active and user.position in SELLERS


def can_work_on_support(user: User, request: SupportRequest) -> bool:
    """Who was asked accepts, does, or refuses."""
    return user.is_active and request.helper_id == user.pk


def can_rate_support(user: User, request: SupportRequest) -> bool:
    """Who asked says how it was."""
    return user.is_active and request.asked_by_id == user.pk


def can_read_knowledge(user: User) -> bool:
    return user.is_active


def can_write_articles(user: User) -> bool:
    return user.is_active and user.position in _WRITERS


def can_edit_article(user: User, article: Article) -> bool:
    """The author, and those who answer for what the department says."""
    return can_write_articles(user) and (article.author_id == user.pk or user.position in _EDITORS)


def can_hold_trainings(user: User) -> bool:
    """Managers and above, the marketing centre, HR."""
    return user.is_active and user.position in _EDITORS | {Position.HR}


def can_set_standards(user: User) -> bool:
    """The director compiles the service standards (S-138); administrators type them."""
    return user.is_active and user.position in {Position.DIRECTOR, Position.ADMINISTRATOR}
