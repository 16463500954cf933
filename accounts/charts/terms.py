"""Words of the charts of a unit. No Django here; the labels stand in labels.py."""

from enum import StrEnum


class ChangeKind(StrEnum):
    """What can differ between the maps of two days."""

    JOINED = "joined"
    LEFT = "left"
    POST = "post"
    DEPARTMENT = "department"
    BOSS = "boss"
    ROLE_GAINED = "role_gained"
    ROLE_LOST = "role_lost"
    ROLE_CONFIRMED = "role_confirmed"
    ATTITUDE = "attitude"
    INFLUENCE = "influence"
    INSIDER = "insider"
    KEY_PERSON = "key_person"
    TIE_MADE = "tie_made"
    TIE_ENDED = "tie_ended"


class StepKind(StrEnum):
    """What happens at a step of the decision flow."""

    PROPOSE = "propose"
    REVIEW = "review"
    BUDGET = "budget"
    DECIDE = "decide"
    SIGN = "sign"
