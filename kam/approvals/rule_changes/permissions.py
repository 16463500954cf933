"""Who drafts rules, and who sees drafts. Deciding is the engine's."""

from kam.approvals.rule_changes.models import RuleChange
from kam.approvals.rule_changes.registry import all_rule_kinds
from kam.approvals.rule_changes.terms import EDITABLE
from kam.users.models import User
from kam.users.terms import Position

_READERS = {Position.ADMINISTRATOR, Position.DIRECTOR, Position.HR, Position.GENERAL_MANAGER}

_DECIDERS = {Position.DIRECTOR, Position.GENERAL_MANAGER}


def can_see_rules(user: User) -> bool:
    """Whoever drafts or decides some kind of rule sees the rules and the drafts."""
    return user.is_active and user.position in _READERS


def can_draft_rule(user: User, kind: str) -> bool:
    """The positions that the kind names."""
    known = all_rule_kinds()
    return user.is_active and kind in known and user.position in known[kind].drafters


def can_read_preview(user: User, kind: str) -> bool:
    """What a draft would change names people and their figures: for those who draft the kind, and for director and general manager."""
    return can_draft_rule(user, kind) or (user.is_active and user.position in _DECIDERS)


def can_draft_some_rule(user: User) -> bool:
    """Whoever drafts at least one kind."""
    return any(can_draft_rule(user, kind) for kind in all_rule_kinds())


def can_edit_rule_change(user: User, change: RuleChange) -> bool:
    """The drafter alone, before submitting and after it was returned."""
    return user.is_active and change.drafted_by_id == user.pk and change.state in EDITABLE
