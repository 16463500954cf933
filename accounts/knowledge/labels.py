"""Labels of the words in terms.py, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.knowledge.terms import ArticleKind, Better, Category, Department, SuggestionState, SupportState

DEPARTMENT_LABELS = {
    Department.TECHNICAL: pgettext_lazy("department", "Technical department"),
    Department.PRODUCT: pgettext_lazy("department", "Product"),
    Department.MARKETING: pgettext_lazy("department", "Marketing centre"),
    Department.PLANNING: pgettext_lazy("department", "Planning"),
    Department.ENGINEERING: pgettext_lazy("department", "Engineering"),
    Department.AFTER_SALES: pgettext_lazy("department", "After-sales service"),
    Department.FINANCE: pgettext_lazy("department", "Finance"),
    Department.OTHER: pgettext_lazy("department", "Another department"),
}
SUGGESTION_LABELS = {
    SuggestionState.RECEIVED: pgettext_lazy("suggestion", "Received"),
    SuggestionState.PASSED_ON: pgettext_lazy("suggestion", "Passed on"),
    SuggestionState.ADOPTED: pgettext_lazy("suggestion", "Adopted"),
    SuggestionState.DECLINED: pgettext_lazy("suggestion", "Not adopted"),
}
SUGGESTION_TONES = {
    SuggestionState.RECEIVED: "warn",
    SuggestionState.PASSED_ON: "pending",
    SuggestionState.ADOPTED: "good",
    SuggestionState.DECLINED: "draft",
}
SUPPORT_LABELS = {
    SupportState.REQUESTED: pgettext_lazy("support", "Requested"),
    SupportState.ACCEPTED: pgettext_lazy("support", "Accepted"),
    SupportState.DONE: pgettext_lazy("support", "Done"),
    SupportState.REFUSED: pgettext_lazy("support", "Refused"),
}
SUPPORT_TONES = {
    SupportState.REQUESTED: "warn",
    SupportState.ACCEPTED: "pending",
    SupportState.DONE: "good",
    SupportState.REFUSED: "danger",
}
ARTICLE_LABELS = {
    ArticleKind.ARTICLE: pgettext_lazy("knowledge", "Article"),
    ArticleKind.CASE: pgettext_lazy("knowledge", "Case"),
}
CATEGORY_LABELS = {
    Category.PRODUCT: pgettext_lazy("knowledge", "Product"),
    Category.COMPANY: pgettext_lazy("knowledge", "Company"),
    Category.NEED: pgettext_lazy("knowledge", "Customers’ needs"),
    Category.MARKET: pgettext_lazy("knowledge", "Market"),
    Category.PROFESSIONAL: pgettext_lazy("knowledge", "Professional knowledge"),
    Category.ETIQUETTE: pgettext_lazy("knowledge", "Service etiquette"),
    Category.RETENTION: pgettext_lazy("knowledge", "Case: customer kept"),
    Category.DEVELOPMENT: pgettext_lazy("knowledge", "Case: customer won"),
    Category.COMPLAINT: pgettext_lazy("knowledge", "Case: complaint resolved"),
}
BETTER_LABELS = {Better.HIGHER: _("at least"), Better.LOWER: _("at most")}
PROBLEMS = {
    "transition_refused": _("This is no longer possible in this state."),
    "reason": _("Say what came of it, or why not."),
    "not_done": _("Only what was done is rated."),
    "rating": _("A rating from 1 to 5."),
    "category": _("This category belongs to the other kind."),
}
