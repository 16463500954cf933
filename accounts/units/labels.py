"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.units.terms import Channel, Field, FieldGroup, Phase, Tier, UnitClass, UnitSource, UnitStatus

CHANNEL_LABELS = {
    Channel.CHAMBER: _("Chamber of commerce"),
    Channel.SOE: _("Large state-owned enterprise"),
    Channel.GOVERNMENT: _("Government or public institution"),
    Channel.FACTORY: _("Factory or mine"),
    Channel.MARKET: _("Market traders"),
    Channel.BANK: _("Bank"),
    Channel.SCHOOL: _("School or college"),
    Channel.OFFICE: _("Office-building company"),
    Channel.OTHER: _("Other kind of unit"),
}
CLASS_LABELS = {
    UnitClass.ECONOMIC: _("Economic key account"),
    UnitClass.IMPORTANT: _("Important customer"),
    UnitClass.GROUP: _("Group customer"),
    UnitClass.STRATEGIC: _("Strategic customer"),
    UnitClass.OTHER: _("Other class"),
}
TIER_LABELS = {tier: tier.value for tier in Tier}
STATUS_LABELS = {
    UnitStatus.PROSPECT: _("Prospect"),
    UnitStatus.QUALIFIED: _("Qualified"),
    UnitStatus.DEVELOPING: _("Developing"),
    UnitStatus.COOPERATING: _("Cooperating"),
    UnitStatus.STABLE: _("Stable"),
    UnitStatus.DORMANT: _("Dormant"),
    UnitStatus.LOST: _("Lost"),
    UnitStatus.WON_BACK: _("Won back"),
}
PHASE_LABELS = {
    Phase.GOAL: _("Goal and direction"),
    Phase.FIELD: _("Field visits, SWOT"),
    Phase.DEEP: _("Deep contact"),
    Phase.SUBSTANCE: _("Substantive progress"),
    Phase.FIRST: _("First cooperation"),
    Phase.CRISIS: _("Crisis handling"),
    Phase.STABLE: _("Stable growth"),
}
STEP_LABELS = {
    1: _("Listed as a key account"),
    2: _("Charts drawn"),
    3: _("Roles and relations known"),
    4: _("Service plan per role"),
    5: _("Plan carried out and reviewed"),
    6: _("Demand, proposal, negotiation"),
    7: _("Signed, looked after, next demand"),
}
SOURCE_LABELS = {
    UnitSource.SURVEY: _("Field survey"),
    UnitSource.INTRODUCTION: _("Introduction"),
    UnitSource.INTERNET: _("Internet or newspaper"),
    UnitSource.REPORT: _("Industry report"),
    UnitSource.PARTNER: _("Partner"),
    UnitSource.STORE: _("Store"),
    UnitSource.CAMPAIGN: _("Campaign"),
    UnitSource.PHONE: _("Telephone"),
    UnitSource.IMPORT: _("Import"),
    UnitSource.OTHER: _("Other source"),
}
GROUP_LABELS = {
    FieldGroup.BASIC: _("Basic situation"),
    FieldGroup.NEEDS: _("Demand"),
    FieldGroup.SPECIAL: _("Special information"),
    FieldGroup.PROMOTION: _("Promotion advice"),
    FieldGroup.STANDING: _("Standing"),
    FieldGroup.UNDERSTANDING: _("Understanding the customer"),
}
FIELD_LABELS = {
    Field.HEADCOUNT: _("Staff in service"),
    Field.INCOME: _("Per-capita annual income"),
    Field.MAIN_BUSINESS: _("Main business"),
    Field.INDUSTRY: _("Industry as they say it"),
    Field.OFFICE_ENVIRONMENT: _("Office environment"),
    Field.LIVING_ENVIRONMENT: _("Living environment"),
    Field.SELF_BUILT_HOUSING: _("Self-built housing"),
    Field.SELF_BUILT_SCALE: _("Scale of self-built housing"),
    Field.PRIVATE_CARS: _("Private cars"),
    Field.FOOT_TRAFFIC: _("Where people flow"),
    Field.ACTIVITIES: _("Collective activities"),
    Field.GIFT_TIMES: _("When employee gifts are handed out"),
    Field.PURCHASE_DEMAND: _("Purchase demand"),
    Field.PURCHASE_INTENTION: _("Purchase intention"),
    Field.PURCHASING_POWER: _("Purchasing power"),
    Field.ACCEPTED_AREA: _("Accepted area"),
    Field.ACCEPTED_PRICE: _("Accepted price"),
    Field.ATTENTION: _("Level of attention"),
    Field.HEALTH_FOOD: _("Attention to healthy food"),
    Field.GIFT_BOX_INTENTION: _("Gift-box purchase intention"),
    Field.INTERNAL_WEBSITE: _("Internal website"),
    Field.RECENT_ACTIVITIES: _("Recent activities"),
    Field.SPECIAL: _("Other special information"),
    Field.PROMOTION_TIME: _("Promotion: time or stage"),
    Field.PROMOTION_PLACE: _("Promotion: place"),
    Field.PROMOTION_WAY: _("Promotion: way"),
    Field.INDUSTRY_RANK: _("Rank in the industry"),
    Field.LARGEST_DEAL: _("Largest single cooperation"),
    Field.CONTRACT_YEARS: _("Length of contract"),
    Field.LARGE_ORDERS: _("Places large orders"),
    Field.MARKET_SHARE: _("Market share"),
    Field.OPERATION: _("Operation of the customer"),
    Field.THEIR_MARKET: _("Their market and customers"),
    Field.INDUSTRY_PROCESS: _("How their industry works"),
    Field.OUR_VALUE: _("Our value to their business"),
    Field.PURCHASE_HABITS: _("Purchase habits"),
    Field.STRATEGY: _("Sales strategy for this unit"),
}
FIELD_CHOICE_LABELS = {
    "none": _("None"),
    "planned": _("Planned"),
    "building": _("Building now"),
    "yes": _("Yes"),
    "no": _("No"),
}
UNIT_OF_MEASURE_LABELS = {
    "people": _("people"),
    "yuan_year": _("yuan a year"),
    "yuan": _("yuan"),
    "yuan_m2": _("yuan/㎡"),
    "m2": _("㎡"),
    "years": _("years"),
}
SCALE_LABELS = {1: _("very weak"), 2: _("weak"), 3: _("middling"), 4: _("strong"), 5: _("very strong")}
#: Why a value was refused: code of ValueRefusedError → sentence.
REFUSALS = {
    "too_long": _("This text is too long: at most 1,000 characters."),
    "number": _("This is not a number."),
    "range": _("This number is out of range."),
    "decimals": _("At most two decimals."),
    "whole": _("A whole number, please."),
    "scale": _("A number from 1 to 5, please."),
    "order": _("The range ends before it begins."),
    "ends": _("Write a range as 110–140."),
    "choice": _("Choose one of the list."),
}
#: Seats that the list of units can be asked for; the room of roles stands above and keeps the words itself.
SEATS_ASKED = {
    "decision_maker": _("Decision maker"),
    "gatekeeper_technical": _("Technical gatekeeper"),
    "gatekeeper_financial": _("Financial gatekeeper"),
    "user": pgettext_lazy("buyer role", "User"),
}
