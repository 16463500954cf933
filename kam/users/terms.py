"""Words about people. No Django models here."""

from enum import StrEnum


class Position(StrEnum):
    """The ten positions (S-135 … S-144, 12-decisions 1). One a person."""

    SPECIALIST = "specialist"
    TEAM_LEAD = "team_lead"
    MANAGER = "manager"
    DIRECTOR = "director"
    MARKETING_DIRECTOR = "marketing_director"
    GENERAL_MANAGER = "general_manager"
    FINANCE = "finance"
    CLERK = "clerk"
    HR = "hr"
    ADMINISTRATOR = "administrator"


#: The line of command, lowest first. Finance, clerk, HR and administrator stand beside it.
LINE = (
    Position.SPECIALIST,
    Position.TEAM_LEAD,
    Position.MANAGER,
    Position.DIRECTOR,
    Position.MARKETING_DIRECTOR,
    Position.GENERAL_MANAGER,
)

#: Who may keep units of their own.
SELLERS = frozenset({Position.SPECIALIST, Position.TEAM_LEAD, Position.MANAGER, Position.DIRECTOR})
