"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import pgettext_lazy

from campaigns.prospects.terms import Intention, Progress, Source

SOURCE_LABELS = {
    Source.STORE: pgettext_lazy("prospect", "Store"),
    Source.INTRODUCTION: pgettext_lazy("prospect", "Introduction"),
    Source.BRIEFING: pgettext_lazy("prospect", "Product briefing"),
    Source.ROADSHOW: pgettext_lazy("prospect", "Roadshow"),
    Source.SITE_VISIT: pgettext_lazy("prospect", "Site visit"),
    Source.PHONE: pgettext_lazy("prospect", "Phone"),
    Source.ONLINE: pgettext_lazy("prospect", "Online"),
    Source.COLLEAGUE: pgettext_lazy("prospect", "Colleague"),
    Source.OTHER: pgettext_lazy("prospect", "Other"),
}
INTENTION_LABELS = {
    Intention.STRONG: pgettext_lazy("intention", "Wants to buy"),
    Intention.INTERESTED: pgettext_lazy("intention", "Interested"),
    Intention.CONSIDERING: pgettext_lazy("intention", "Thinking about it"),
    Intention.NONE: pgettext_lazy("intention", "No intention"),
}
PROGRESS_LABELS = {
    Progress.REGISTERED: pgettext_lazy("prospect", "Registered"),
    Progress.SINCERE: pgettext_lazy("prospect", "Sincere"),
    Progress.BOUGHT: pgettext_lazy("prospect", "Bought"),
    Progress.DROPPED: pgettext_lazy("prospect", "Given up"),
}
