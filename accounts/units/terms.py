"""Words about units. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Channel(StrEnum):
    """What kind of unit it is (S-010); price, rebate and gift rules hang on it."""

    CHAMBER = "chamber"
    SOE = "soe"
    GOVERNMENT = "government"
    FACTORY = "factory"
    MARKET = "market"
    BANK = "bank"
    SCHOOL = "school"
    OFFICE = "office"
    OTHER = "other"


class UnitClass(StrEnum):
    """Class of key account (S-005)."""

    ECONOMIC = "economic"
    IMPORTANT = "important"
    GROUP = "group"
    STRATEGIC = "strategic"
    OTHER = "other"


class Tier(StrEnum):
    """The pyramid (S-006, S-008); D is also what nobody graded yet."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class UnitStatus(StrEnum):
    """Where the unit stands with us; each change is dated, KPIs read the dates."""

    PROSPECT = "prospect"
    QUALIFIED = "qualified"
    DEVELOPING = "developing"
    COOPERATING = "cooperating"
    STABLE = "stable"
    DORMANT = "dormant"
    LOST = "lost"
    WON_BACK = "won_back"


_OUT = frozenset({UnitStatus.DORMANT, UnitStatus.LOST})

STATUS_TRANSITIONS: Mapping[UnitStatus, frozenset[UnitStatus]] = {
    UnitStatus.PROSPECT: frozenset({UnitStatus.QUALIFIED}) | _OUT,
    UnitStatus.QUALIFIED: frozenset({UnitStatus.DEVELOPING, UnitStatus.PROSPECT}) | _OUT,
    UnitStatus.DEVELOPING: frozenset({UnitStatus.COOPERATING}) | _OUT,
    UnitStatus.COOPERATING: frozenset({UnitStatus.STABLE}) | _OUT,
    UnitStatus.STABLE: frozenset({UnitStatus.COOPERATING}) | _OUT,
    UnitStatus.DORMANT: frozenset(
        {UnitStatus.PROSPECT, UnitStatus.QUALIFIED, UnitStatus.DEVELOPING, UnitStatus.COOPERATING}
        | {UnitStatus.STABLE, UnitStatus.LOST}
    ),
    UnitStatus.LOST: frozenset({UnitStatus.WON_BACK}),
    UnitStatus.WON_BACK: frozenset({UnitStatus.DEVELOPING, UnitStatus.COOPERATING, UnitStatus.STABLE}) | _OUT,
}

#: Status colours mean the same everywhere; the word always stands beside them.
STATUS_TONES: Mapping[UnitStatus, str] = {
    UnitStatus.PROSPECT: "draft",
    UnitStatus.QUALIFIED: "pending",
    UnitStatus.DEVELOPING: "pending",
    UnitStatus.COOPERATING: "good",
    UnitStatus.STABLE: "good",
    UnitStatus.DORMANT: "warn",
    UnitStatus.LOST: "danger",
    UnitStatus.WON_BACK: "good",
}

#: Statuses that say why: leaving us or being left needs a reason.
STATUS_NEEDS_REASON = _OUT


class Phase(IntEnum):
    """The seven phases of development (S-066); the room `development` says when a unit may enter one."""

    GOAL = 1
    FIELD = 2
    DEEP = 3
    SUBSTANCE = 4
    FIRST = 5
    CRISIS = 6
    STABLE = 7


#: The seven steps of working an account (S-064).
STEPS = range(1, 8)


class UnitSource(StrEnum):
    """How we learned of the unit (S-020, S-280)."""

    SURVEY = "survey"
    INTRODUCTION = "introduction"
    INTERNET = "internet"
    REPORT = "report"
    PARTNER = "partner"
    STORE = "store"
    CAMPAIGN = "campaign"
    PHONE = "phone"
    IMPORT = "import"
    OTHER = "other"


class FieldGroup(StrEnum):
    """Sections of what we know about a unit, in the order of the visit report (S-163) and the file (S-019)."""

    BASIC = "basic"
    NEEDS = "needs"
    SPECIAL = "special"
    PROMOTION = "promotion"
    STANDING = "standing"
    UNDERSTANDING = "understanding"


class FieldKind(StrEnum):
    """Shape of an observed value."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    SCALE = "scale"
    CHOICE = "choice"
    RANGE = "range"
    FLAG = "flag"


class Field(StrEnum):
    """Names of observed fields; values are dated and never erased."""

    HEADCOUNT = "headcount"
    INCOME = "income"
    MAIN_BUSINESS = "main_business"
    INDUSTRY = "industry_text"
    OFFICE_ENVIRONMENT = "office_environment"
    LIVING_ENVIRONMENT = "living_environment"
    SELF_BUILT_HOUSING = "self_built_housing"
    SELF_BUILT_SCALE = "self_built_scale"
    PRIVATE_CARS = "private_cars"
    FOOT_TRAFFIC = "foot_traffic"
    ACTIVITIES = "activities"
    GIFT_TIMES = "gift_times"
    PURCHASE_DEMAND = "purchase_demand"
    PURCHASE_INTENTION = "purchase_intention"
    PURCHASING_POWER = "purchasing_power"
    ACCEPTED_AREA = "accepted_area"
    ACCEPTED_PRICE = "accepted_price"
    ATTENTION = "attention"
    HEALTH_FOOD = "health_food"
    GIFT_BOX_INTENTION = "gift_box_intention"
    INTERNAL_WEBSITE = "internal_website"
    RECENT_ACTIVITIES = "recent_activities"
    SPECIAL = "special"
    PROMOTION_PLACE = "promotion_place"
    PROMOTION_WAY = "promotion_way"
    PROMOTION_TIME = "promotion_time"
    INDUSTRY_RANK = "industry_rank"
    LARGEST_DEAL = "largest_deal"
    CONTRACT_YEARS = "contract_years"
    LARGE_ORDERS = "large_orders"
    MARKET_SHARE = "market_share"
    OPERATION = "operation"
    THEIR_MARKET = "their_market"
    INDUSTRY_PROCESS = "industry_process"
    OUR_VALUE = "our_value"
    PURCHASE_HABITS = "purchase_habits"
    STRATEGY = "strategy"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """Group, shape, unit and choices of an observed field."""

    group: FieldGroup
    kind: FieldKind = FieldKind.TEXT
    unit: str = ""
    choices: tuple[str, ...] = ()


_B, _N, _S, _P = FieldGroup.BASIC, FieldGroup.NEEDS, FieldGroup.SPECIAL, FieldGroup.PROMOTION
_ST, _U = FieldGroup.STANDING, FieldGroup.UNDERSTANDING
_SCALE = FieldKind.SCALE

FIELD_SPECS: Mapping[Field, FieldSpec] = {
    Field.HEADCOUNT: FieldSpec(_B, FieldKind.COUNT, "people"),
    Field.INCOME: FieldSpec(_B, FieldKind.MONEY, "yuan_year"),
    Field.MAIN_BUSINESS: FieldSpec(_B),
    Field.INDUSTRY: FieldSpec(_B),
    Field.OFFICE_ENVIRONMENT: FieldSpec(_B),
    Field.LIVING_ENVIRONMENT: FieldSpec(_B),
    Field.SELF_BUILT_HOUSING: FieldSpec(_B, FieldKind.CHOICE, choices=("none", "planned", "building")),
    Field.SELF_BUILT_SCALE: FieldSpec(_B),
    Field.PRIVATE_CARS: FieldSpec(_B),
    Field.FOOT_TRAFFIC: FieldSpec(_B),
    Field.ACTIVITIES: FieldSpec(_B),
    Field.GIFT_TIMES: FieldSpec(_B),
    Field.PURCHASE_DEMAND: FieldSpec(_N),
    Field.PURCHASE_INTENTION: FieldSpec(_N, _SCALE),
    Field.PURCHASING_POWER: FieldSpec(_N, _SCALE),
    Field.ACCEPTED_AREA: FieldSpec(_N, FieldKind.RANGE, "m2"),
    Field.ACCEPTED_PRICE: FieldSpec(_N, FieldKind.RANGE, "yuan_m2"),
    Field.ATTENTION: FieldSpec(_N, _SCALE),
    Field.HEALTH_FOOD: FieldSpec(_N, _SCALE),
    Field.GIFT_BOX_INTENTION: FieldSpec(_N, _SCALE),
    Field.INTERNAL_WEBSITE: FieldSpec(_S),
    Field.RECENT_ACTIVITIES: FieldSpec(_S),
    Field.SPECIAL: FieldSpec(_S),
    Field.PROMOTION_TIME: FieldSpec(_P),
    Field.PROMOTION_PLACE: FieldSpec(_P),
    Field.PROMOTION_WAY: FieldSpec(_P),
    Field.INDUSTRY_RANK: FieldSpec(_ST, FieldKind.COUNT),
    Field.LARGEST_DEAL: FieldSpec(_ST, FieldKind.MONEY, "yuan"),
    Field.CONTRACT_YEARS: FieldSpec(_ST, FieldKind.MONEY, "years"),
    Field.LARGE_ORDERS: FieldSpec(_ST, FieldKind.FLAG, choices=("yes", "no")),
    Field.MARKET_SHARE: FieldSpec(_ST),
    Field.OPERATION: FieldSpec(_U),
    Field.THEIR_MARKET: FieldSpec(_U),
    Field.INDUSTRY_PROCESS: FieldSpec(_U),
    Field.OUR_VALUE: FieldSpec(_U),
    Field.PURCHASE_HABITS: FieldSpec(_U),
    Field.STRATEGY: FieldSpec(_U),
}
