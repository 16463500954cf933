"""Words of suggestions, support by other departments, knowledge, training, service standards. No Django here."""

from collections.abc import Mapping
from enum import StrEnum


class Department(StrEnum):
    """Whom a suggestion is passed on to and who is asked for support."""

    TECHNICAL = "technical"
    PRODUCT = "product"
    MARKETING = "marketing"
    PLANNING = "planning"
    ENGINEERING = "engineering"
    AFTER_SALES = "after_sales"
    FINANCE = "finance"
    OTHER = "other"


class SuggestionState(StrEnum):
    """What becomes of a suggestion in the company; whether the customer was answered stands beside it."""

    RECEIVED = "received"
    PASSED_ON = "passed_on"
    ADOPTED = "adopted"
    DECLINED = "declined"


SUGGESTION_TRANSITIONS: Mapping[SuggestionState, frozenset[SuggestionState]] = {
    SuggestionState.RECEIVED: frozenset(
        {SuggestionState.PASSED_ON, SuggestionState.ADOPTED, SuggestionState.DECLINED}
    ),
    SuggestionState.PASSED_ON: frozenset({SuggestionState.ADOPTED, SuggestionState.DECLINED}),
}


class SupportState(StrEnum):
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    DONE = "done"
    REFUSED = "refused"


SUPPORT_TRANSITIONS: Mapping[SupportState, frozenset[SupportState]] = {
    SupportState.REQUESTED: frozenset({SupportState.ACCEPTED, SupportState.REFUSED}),
    SupportState.ACCEPTED: frozenset({SupportState.DONE, SupportState.REFUSED}),
}


class ArticleKind(StrEnum):
    """Something to know, or something that happened and what we learn from it (S-082)."""

    ARTICLE = "article"
    CASE = "case"


class Category(StrEnum):
    """The six areas of knowledge (S-277), and the kinds of cases (S-082)."""

    PRODUCT = "product"
    COMPANY = "company"
    NEED = "need"
    MARKET = "market"
    PROFESSIONAL = "professional"
    ETIQUETTE = "etiquette"
    RETENTION = "retention"
    DEVELOPMENT = "development"
    COMPLAINT = "complaint"


CATEGORIES: Mapping[ArticleKind, tuple[Category, ...]] = {
    ArticleKind.ARTICLE: (
        Category.PRODUCT,
        Category.COMPANY,
        Category.NEED,
        Category.MARKET,
        Category.PROFESSIONAL,
        Category.ETIQUETTE,
    ),
    ArticleKind.CASE: (Category.RETENTION, Category.DEVELOPMENT, Category.COMPLAINT),
}


class Better(StrEnum):
    """Which way a measure is good."""

    HIGHER = "higher"
    LOWER = "lower"
