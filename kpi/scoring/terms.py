"""Words of scoring. No Django here; the labels stand in labels.py."""

from enum import StrEnum


class Category(StrEnum):
    """The three categories of the source (S-193), four indicators each."""

    SKILL = "skill"
    PERFORMANCE = "performance"
    MANAGEMENT = "management"


class Method(StrEnum):
    """How a result becomes points."""

    STEPS = "steps"
    BANDS = "bands"
    LINEAR = "linear"
    COUNT = "count"
    RATING = "rating"


class Result(StrEnum):
    """What an indicator yields."""

    RATE = "rate"
    COUNT = "count"
    RATING = "rating"


class Why(StrEnum):
    """Why a line cannot be assessed: never 100 %, never an exception (T-32)."""

    NO_TARGET = "no_target"
    NOTHING_DUE = "nothing_due"
    NOT_RATED = "not_rated"


#: Which methods fit which result.
FITTING = {
    Result.RATE: frozenset({Method.STEPS, Method.BANDS, Method.LINEAR}),
    Result.COUNT: frozenset({Method.COUNT, Method.BANDS, Method.LINEAR}),
    Result.RATING: frozenset({Method.RATING}),
}
