"""Words about persons at a unit. No Django here; the labels stand in labels.py."""

from enum import StrEnum


class BuyerRole(StrEnum):
    """The three roles that decide a purchase (S-032); a gatekeeper is technical or financial."""

    DECISION_MAKER = "decision_maker"
    GATEKEEPER = "gatekeeper"
    USER = "user"


class GatekeeperKind(StrEnum):
    """Who judges feasibility, and who guards the budget (S-034, S-035)."""

    TECHNICAL = "technical"
    FINANCIAL = "financial"


class Confidence(StrEnum):
    ASSUMED = "assumed"
    CONFIRMED = "confirmed"


class Style(StrEnum):
    """Personality style (S-040); blank = not known."""

    TIGER = "tiger"
    PEACOCK = "peacock"
    OWL = "owl"
    KOALA = "koala"


class Attitude(StrEnum):
    SUPPORTS = "supports"
    NEUTRAL = "neutral"
    OPPOSES = "opposes"
    UNKNOWN = "unknown"


class ResponseMode(StrEnum):
    """How the person sees today against what they want."""

    GROWTH = "growth"
    TROUBLE = "trouble"
    EVEN_KEEL = "even_keel"
    OVERCONFIDENT = "overconfident"


class Insider(StrEnum):
    NONE = "none"
    CANDIDATE = "candidate"
    INSIDER = "insider"


class Official(StrEnum):
    """Public official? Unknown counts as yes until answered (12-decisions, 17)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """Level of the person inside the unit (S-038)."""

    OPERATIONAL = "operational"
    MANAGEMENT = "management"
    DECISION = "decision"


class PersonFunction(StrEnum):
    """Function of the person in a purchase (S-038)."""

    USER = "user"
    TECHNICAL = "technical"
    FINANCE = "finance"


class ConsentSource(StrEnum):
    """Where the personal data came from."""

    PERSON = "person"
    UNIT = "unit"
    PUBLIC = "public"
    CARD = "card"
    IMPORT = "import"
    OTHER = "other"


class RelationKind(StrEnum):
    """Between two persons, or between a person and one of our staff."""

    REPORTS_TO = "reports_to"
    TRUSTS = "trusts"
    OPPOSES = "opposes"
    SAME_SCHOOL = "same_school"
    FRIEND = "friend"
    FAMILY = "family"
    COLLEAGUE = "colleague"
    KNOWS = "knows"


#: What only the owner's line reads in clear (12-decisions: personal contact data).
PERSONAL_FIELDS = ("mobile", "phone", "wechat", "email", "birthday", "home", "family")

#: What is assessed at each visit and kept as dated history.
ASSESSED_FIELDS = (
    "style",
    "attitude",
    "influence",
    "response_mode",
    "rating",
    "personal_win",
    "insider",
    "awareness",
    "acceptance",
)

#: Where somebody stands in the unit; kept as dated history like the assessment, so that the chart of a past day can be drawn.
PLACED_FIELDS = ("post", "department", "reports_to")
