"""Words of red flags. No Django here; the labels stand in labels.py."""

from enum import StrEnum


class FlagKind(StrEnum):
    """A danger that KAM detects from the data (S-060)."""

    ROLE_MISSING = "role_missing"
    ROLE_ASSUMED = "role_assumed"
    NEVER_INTERVIEWED = "never_interviewed"
    DECISION_MAKER_UNSEEN = "decision_maker_unseen"
    NO_INSIDER = "no_insider"
    SINGLE_THREAD = "single_thread"
    NEW_FACE = "new_face"
    PERSON_CHANGED = "person_changed"
    PURCHASING_POWER_CHANGED = "purchasing_power_changed"
    NO_OUTLINE = "no_outline"
    NOTHING_WRITTEN = "nothing_written"
    NO_CONTACT = "no_contact"
    KEY_PERSON_CHANGED = "key_person_changed"
    ORGANISATION_CHANGED = "organisation_changed"
    DECIDERS_UNCLEAR = "deciders_unclear"
    COMPETITOR_CONTRACT_ENDS = "competitor_contract_ends"
    SEVERE_COMPLAINT = "severe_complaint"
    SERVICE_PLAN_OVERDUE = "service_plan_overdue"
    AGREEMENT_ENDS = "agreement_ends"


class Severity(StrEnum):
    DANGER = "danger"
    ATTENTION = "attention"


class FlagState(StrEnum):
    """Open until somebody accepts the risk with a comment, or until the facts no longer hold."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLEARED = "cleared"


SEVERITY: dict[FlagKind, Severity] = {
    FlagKind.ROLE_MISSING: Severity.DANGER,
    FlagKind.ROLE_ASSUMED: Severity.ATTENTION,
    FlagKind.NEVER_INTERVIEWED: Severity.DANGER,
    FlagKind.DECISION_MAKER_UNSEEN: Severity.DANGER,
    FlagKind.NO_INSIDER: Severity.ATTENTION,
    FlagKind.SINGLE_THREAD: Severity.DANGER,
    FlagKind.NEW_FACE: Severity.ATTENTION,
    FlagKind.PERSON_CHANGED: Severity.DANGER,
    FlagKind.PURCHASING_POWER_CHANGED: Severity.ATTENTION,
    FlagKind.NO_OUTLINE: Severity.DANGER,
    FlagKind.NOTHING_WRITTEN: Severity.ATTENTION,
    FlagKind.NO_CONTACT: Severity.DANGER,
    FlagKind.KEY_PERSON_CHANGED: Severity.DANGER,
    FlagKind.ORGANISATION_CHANGED: Severity.ATTENTION,
    FlagKind.DECIDERS_UNCLEAR: Severity.ATTENTION,
    FlagKind.COMPETITOR_CONTRACT_ENDS: Severity.ATTENTION,
    FlagKind.SEVERE_COMPLAINT: Severity.DANGER,
    FlagKind.SERVICE_PLAN_OVERDUE: Severity.ATTENTION,
    FlagKind.AGREEMENT_ENDS: Severity.ATTENTION,
}
