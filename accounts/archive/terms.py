"""Words of the archive: the parts that a unit's file may have. No Django here."""

from enum import StrEnum


class FilePart(StrEnum):
    """What KAM can look for in a file; the definition in force says which of it counts, and how much."""

    FILE_OPENED = "file_opened"
    PERSON = "person"
    BUYER_ROLE = "buyer_role"
    HEADCOUNT = "headcount"
    MAIN_BUSINESS = "main_business"
    INDUSTRY = "industry"
    PURCHASING_POWER = "purchasing_power"
    PURCHASE_INTENTION = "purchase_intention"
    ALL_ROLES = "all_roles"
    KEY_PERSON = "key_person"
    ORGANISATION = "organisation"
    DECISION_FLOW = "decision_flow"
    PRODUCT_CHART = "product_chart"
    DOCUMENT = "document"


WHOLE = 100
_CORE = ("file_opened", "person", "buyer_role", "headcount", "main_business")
#: What the department starts with (an assumption): weights of a hundred, and what no complete file can be without.
FIRST_WEIGHTS: dict[str, int] = {
    **dict.fromkeys(_CORE, 10),
    "industry": 5,
    "purchasing_power": 5,
    "purchase_intention": 5,
    "all_roles": 10,
    "key_person": 5,
    "organisation": 5,
    "decision_flow": 5,
    "product_chart": 5,
    "document": 5,
}


def first_definition() -> dict[str, object]:
    """Return the first definition as it is kept."""
    return {"weights": dict(FIRST_WEIGHTS), "must": list(_CORE)}
