"""Words of registered prospects. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum


class Source(StrEnum):
    """Where we heard of somebody (S-280)."""

    STORE = "store"
    INTRODUCTION = "introduction"
    BRIEFING = "briefing"
    ROADSHOW = "roadshow"
    SITE_VISIT = "site_visit"
    PHONE = "phone"
    ONLINE = "online"
    COLLEAGUE = "colleague"
    OTHER = "other"


class Intention(StrEnum):
    """How much somebody wants to buy, as said or seen."""

    STRONG = "strong"
    INTERESTED = "interested"
    CONSIDERING = "considering"
    NONE = "none"


#: The word always stands beside the colour.
INTENTION_TONES: Mapping[Intention, str] = {
    Intention.STRONG: "good",
    Intention.INTERESTED: "pending",
    Intention.CONSIDERING: "draft",
    Intention.NONE: "draft",
}
#: Who counts as somebody with an intention.
WILLING = frozenset({Intention.STRONG, Intention.INTERESTED, Intention.CONSIDERING})


class Progress(StrEnum):
    """How far somebody came: registered, sincere (earnest money received), bought (deal signed), given up."""

    REGISTERED = "registered"
    SINCERE = "sincere"
    BOUGHT = "bought"
    DROPPED = "dropped"


PROGRESS_TONES: Mapping[Progress, str] = {
    Progress.REGISTERED: "pending",
    Progress.SINCERE: "good",
    Progress.BOUGHT: "good",
    Progress.DROPPED: "draft",
}
