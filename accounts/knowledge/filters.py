"""Filters of the lists of suggestions, support requests and knowledge."""

import django_filters
from django.utils.translation import gettext_lazy as _

from accounts.knowledge.labels import (
    ARTICLE_LABELS,
    CATEGORY_LABELS,
    DEPARTMENT_LABELS,
    SUGGESTION_LABELS,
    SUPPORT_LABELS,
)
from accounts.knowledge.models import Article, Suggestion, SupportRequest
from kam.lists.filters import OneOf, OneOfRows
from kam.users.offers import people_offered


class SuggestionFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(SUGGESTION_LABELS.items()))
    department = OneOf(label=_("Department"), choices=list(DEPARTMENT_LABELS.items()))
    unanswered = django_filters.BooleanFilter(
        label=_("Not answered yet"), field_name="answered_on", lookup_expr="isnull"
    )
    owner = OneOfRows(label=_("Who answers"), queryset=people_offered)

    class Meta:
        model = Suggestion
        fields = ()


class SupportFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = OneOf(label=_("State"), choices=list(SUPPORT_LABELS.items()))
    department = OneOf(label=_("Department"), choices=list(DEPARTMENT_LABELS.items()))

    class Meta:
        model = SupportRequest
        fields = ()


class ArticleFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    kind = OneOf(label=_("Kind"), choices=list(ARTICLE_LABELS.items()))
    category = OneOf(label=_("Category"), choices=list(CATEGORY_LABELS.items()))

    class Meta:
        model = Article
        fields = ()
