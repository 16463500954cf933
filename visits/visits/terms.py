"""Words about visits. No Django here."""

from enum import StrEnum

from visits.plans.terms import VisitMode


class VisitKind(StrEnum):
    """Which visit to the unit it is, or the other ways of calling on it."""

    FIRST = "first"
    SECOND = "second"
    LATER = "later"
    RETURN = "return"
    PHONE = "phone"
    WRITTEN = "written"


class Outcome(StrEnum):
    """What came of it, in one tap."""

    NOT_MET = "not_met"
    NEUTRAL = "neutral"
    PROGRESS = "progress"
    SETTLED = "settled"


#: Kinds that are a visit in person: only these count for the week's units and for A units.
IN_PERSON = frozenset({VisitKind.FIRST, VisitKind.SECOND, VisitKind.LATER, VisitKind.RETURN})

#: Ways of calling on a unit; a round of calls is many units.
VISIT_MODES = tuple(mode for mode in VisitMode if mode is not VisitMode.CALLS)

#: The four questions each regular visit brings home (S-171), in the order of the paper form.
MARKET_QUESTIONS = ("quality_reaction", "satisfaction", "competitor_use", "industry_news")


class ChangeResult(StrEnum):
    """What became of a request to change the persons met on a first visit."""

    APPROVED = "approved"
    REFUSED = "refused"
