"""Words about qualification. No Django here."""

from enum import StrEnum


class CriterionKind(StrEnum):
    """A rule on what we know, or a statement that somebody confirms with evidence."""

    RULE = "rule"
    STATEMENT = "statement"


class Operator(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    IS = "is"
