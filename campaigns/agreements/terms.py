"""Words of long-term agreements. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import StrEnum

#: The setting: so many days before its last day the renewal is talked about.
NOTICE_DAYS = "agreement_notice_days"


class AgreementState(StrEnum):
    """Worked out from its days: nobody sets it."""

    COMING = "coming"
    IN_FORCE = "in_force"
    ENDING = "ending"
    RENEWED = "renewed"
    EXPIRED = "expired"
    ENDED = "ended"


#: The word always stands beside the colour.
STATE_TONES: Mapping[AgreementState, str] = {
    AgreementState.COMING: "pending",
    AgreementState.IN_FORCE: "good",
    AgreementState.ENDING: "warn",
    AgreementState.RENEWED: "good",
    AgreementState.EXPIRED: "draft",
    AgreementState.ENDED: "danger",
}
