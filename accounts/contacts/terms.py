"""Words about contacts. No Django here."""

from enum import StrEnum


class ContactChannel(StrEnum):
    """How we were in touch."""

    VISIT = "visit"
    CALL = "call"
    WECHAT = "wechat"
    EMAIL = "email"
    LETTER = "letter"
    ONLINE = "online"
    EVENT = "event"


class Direction(StrEnum):
    """Who began it."""

    OUT = "out"
    IN = "in"
