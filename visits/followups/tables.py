"""The list of follow-up forms."""

from typing import Any

import django_filters
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, register_list
from kam.users.offers import people_offered
from visits.followups.models import FollowUp
from visits.followups.permissions import can_file_followup


class FollowUpFilter(django_filters.FilterSet):  # type: ignore[misc]  # the package ships no types
    user = django_filters.ModelChoiceFilter(label=_("Who"), queryset=people_offered)
    since = django_filters.DateFilter(label=_("From"), field_name="day", lookup_expr="gte")
    until = django_filters.DateFilter(label=_("Until"), field_name="day", lookup_expr="lte")
    is_late = django_filters.BooleanFilter(label=_("Late"))

    class Meta:
        model = FollowUp
        fields = ("user", "is_late")


def _rows(user: Any) -> QuerySet[FollowUp]:
    return FollowUp.objects.visible_to(user).select_related("user", "team").annotate(unit_count=Count("rows"))


FOLLOW_UPS = register_list(
    ListSpec(
        key="visits.followups",
        url="/followups/",
        title=_("Follow-up forms"),
        rows=_rows,
        columns=(
            Column("day", _("Day"), kind="date", value="day", sort="day", phone="end"),
            Column(
                "user",
                _("Who"),
                kind="name",
                value=lambda f: Name(f.user.name, sub=f.team.name if f.team else ""),
                phone="title",
            ),
            Column("units", _("Units"), kind="number", value="unit_count", phone="right"),
            Column("problems", _("Problems of the day"), value="problems", phone="foot"),
            Column("tomorrow", _("Tomorrow's plan"), value="tomorrow"),
            Column("submitted", _("Handed in"), kind="datetime", value="submitted_at"),
            Column("late", _("Late"), kind="yes", value="is_late", phone="left"),
        ),
        sorts=(Sort("day", _("Newest"), "day", descending=True), Sort("oldest", _("Oldest"), "day")),
        filterset=FollowUpFilter,
        search=lambda rows, text: rows.filter(user__name__icontains=text),
        search_hint=_("Who"),
        row_url=lambda f: f"/followups/{f.pk}/",
        empty=Empty(
            _("No form yet"),
            _("The day's form is filled in at 17:00."),
            _("Today's form"),
            "/followups/new/",
            can=can_file_followup,
        ),
    )
)
