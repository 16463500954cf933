"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.persons.terms import (
    Attitude,
    BuyerRole,
    Confidence,
    ConsentSource,
    GatekeeperKind,
    Insider,
    Level,
    Official,
    PersonFunction,
    RelationKind,
    ResponseMode,
    Style,
)

ROLE_LABELS = {
    BuyerRole.DECISION_MAKER: _("Decision maker"),
    BuyerRole.GATEKEEPER: _("Gatekeeper"),
    BuyerRole.USER: pgettext_lazy("buyer role", "User"),
}
GATEKEEPER_LABELS = {
    GatekeeperKind.TECHNICAL: _("Technical gatekeeper"),
    GatekeeperKind.FINANCIAL: _("Financial gatekeeper"),
}
CONFIDENCE_LABELS = {Confidence.ASSUMED: _("Assumed"), Confidence.CONFIRMED: _("Confirmed")}
STYLE_LABELS = {
    Style.TIGER: _("Tiger"),
    Style.PEACOCK: _("Peacock"),
    Style.OWL: _("Owl"),
    Style.KOALA: _("Koala"),
}
ATTITUDE_LABELS = {
    Attitude.SUPPORTS: _("Supports"),
    Attitude.NEUTRAL: _("Neutral"),
    Attitude.OPPOSES: _("Opposes"),
    Attitude.UNKNOWN: _("Unknown"),
}
RESPONSE_LABELS = {
    ResponseMode.GROWTH: _("Growth"),
    ResponseMode.TROUBLE: _("Trouble"),
    ResponseMode.EVEN_KEEL: _("Even keel"),
    ResponseMode.OVERCONFIDENT: _("Overconfident"),
}
INSIDER_LABELS = {
    Insider.NONE: _("No insider"),
    Insider.CANDIDATE: _("Insider candidate"),
    Insider.INSIDER: _("Insider"),
}
OFFICIAL_LABELS = {
    Official.YES: _("Yes"),
    Official.NO: _("No"),
    Official.UNKNOWN: _("Unknown, counts as yes"),
}
LEVEL_LABELS = {
    Level.OPERATIONAL: _("Operational level"),
    Level.MANAGEMENT: _("Management level"),
    Level.DECISION: _("Decision level"),
}
FUNCTION_LABELS = {
    PersonFunction.USER: _("Use"),
    PersonFunction.TECHNICAL: _("Technology"),
    PersonFunction.FINANCE: _("Finance function"),
}
CONSENT_LABELS = {
    ConsentSource.PERSON: _("The person told us"),
    ConsentSource.UNIT: _("The unit told us"),
    ConsentSource.PUBLIC: _("Public source"),
    ConsentSource.CARD: _("Business card"),
    ConsentSource.IMPORT: _("Imported list"),
    ConsentSource.OTHER: _("Other source"),
}
RELATION_LABELS = {
    RelationKind.REPORTS_TO: _("reports to"),
    RelationKind.TRUSTS: _("trusts"),
    RelationKind.OPPOSES: _("works against"),
    RelationKind.SAME_SCHOOL: _("same school"),
    RelationKind.FRIEND: _("friends"),
    RelationKind.FAMILY: _("related"),
    RelationKind.COLLEAGUE: _("colleagues"),
    RelationKind.KNOWS: _("knows"),
}
