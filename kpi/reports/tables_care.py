"""Sources about care: the evening's follow-up forms, and gifts. No list names the natural person a gift was for."""

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.units.models import KeyAccount
from campaigns.gifts.labels import OCCASION_LABELS, STATE_LABELS
from campaigns.gifts.models import GiftItem, GiftRequest
from campaigns.gifts.permissions import can_see_gifts
from campaigns.gifts.terms import STATE_TONES, GiftState
from kam.lists.spec import Column, Name, Sort
from kam.users.models import Team, User
from kpi.reports.dimensions import by_month, by_row, by_truth, by_word, filterset_of
from kpi.reports.parts import listed, sees_rows, unit_dimensions, unit_name
from kpi.reports.registry import Figure, Source, register_source
from visits.followups.models import FollowUp


def _forms(user: User) -> QuerySet[FollowUp]:
    return FollowUp.objects.visible_to(user).submitted().select_related("user", "team")


_FORM_DIMENSIONS = (
    by_row("person", _("Who"), "user", User, _forms),
    by_row("team", _("Team"), "team", Team, _forms),
    by_month("month", pgettext_lazy("dimension of a report", "Month"), "day"),
    by_truth("late", _("Late"), "is_late"),
)
_FORM_FIGURES = (
    Figure("count", _("Follow-up forms"), Count("pk")),
    Figure("on_time", _("Follow-up forms on time"), Count("pk"), where=Q(is_late=False)),
    Figure("late", _("Follow-up forms handed in late"), Count("pk"), where=Q(is_late=True)),
    Figure("problems", _("Follow-up forms with problems"), Count("pk"), where=~Q(problems="")),
    Figure("people", _("Different people who handed in"), Count("user", distinct=True), adds_up=False),
)
_FORM_FILTERS = filterset_of(_FORM_DIMENSIONS, "day", _FORM_FIGURES)
register_source(
    Source(
        key="followups",
        label=_("Follow-up forms"),
        icon="clipboard-check",
        rows=_forms,
        can_open=sees_rows,
        day="day",
        day_label=_("day of the form"),
        dimensions=_FORM_DIMENSIONS,
        figures=_FORM_FIGURES,
        filterset=_FORM_FILTERS,
        listed=listed(
            "followups",
            _("Follow-up forms behind a report"),
            _forms,
            (
                Column("user", _("Who"), lambda f: Name(f.user.name, sub=f.team.name if f.team else ""), kind="name", phone="title"),
                Column("day", _("Day"), "day", kind="date", sort="day", phone="end"),
                Column("problems", _("Problems of the day"), "problems", phone="foot"),
                Column("submitted", _("Handed in"), "submitted_at", kind="datetime"),
                Column("late", _("Late"), "is_late", kind="yes", phone="left"),
            ),
            (Sort("day", _("Newest"), "day", descending=True),),
            _FORM_FILTERS,
            lambda row: f"/followups/{row.pk}/",
        ),
    )
)  # fmt: skip

_GIVEN = Q(state__in=[GiftState.HANDED_OVER, GiftState.ACKNOWLEDGED])


def _gifts(user: User) -> QuerySet[GiftRequest]:
    rows = GiftRequest.objects.visible_to(user).select_related("unit", "item", "asked_by")
    return rows.annotate(given_on=Coalesce("handed_on", "on"))


_GIFT_DIMENSIONS = (
    by_row("item", _("Gift"), "item", GiftItem, _gifts),
    by_month("month", pgettext_lazy("dimension of a report", "Month"), "given_on"),
    by_month("asked", _("Month it was asked for"), "asked_on"),
    by_word("occasion", _("Occasion"), "occasion", OCCASION_LABELS),
    by_word("state", _("State"), "state", STATE_LABELS),
    by_row("applicant", _("Applicant"), "asked_by", User, _gifts),
    by_row("owner", _("Owner"), "unit__owner", User, _gifts),
    by_row("team", _("Team"), "unit__team", Team, _gifts),
    by_row("unit", _("Unit"), "unit", KeyAccount, _gifts, is_typed=True),
    *unit_dimensions(_gifts),
)
_VALUE = F("quantity") * F("price_amount")
_GIFT_FIGURES = (
    Figure("count", _("Gift requests"), Count("pk")),
    Figure("given", _("Gifts handed over"), Count("pk"), where=_GIVEN),
    Figure("pieces", _("Pieces handed over"), Sum("quantity"), where=_GIVEN),
    Figure("amount", _("Value handed over"), Sum(_VALUE), where=_GIVEN, is_money=True),
    Figure("units", _("Different units given to"), Count("unit", distinct=True), where=_GIVEN, adds_up=False),
)
_GIFT_FILTERS = filterset_of(_GIFT_DIMENSIONS, "given_on", _GIFT_FIGURES)
register_source(
    Source(
        key="gifts",
        label=_("Gifts"),
        icon="gift",
        rows=_gifts,
        can_open=can_see_gifts,
        day="given_on",
        day_label=_("day it was handed over, or is to be"),
        dimensions=_GIFT_DIMENSIONS,
        figures=_GIFT_FIGURES,
        filterset=_GIFT_FILTERS,
        listed=listed(
            "gifts",
            _("Gifts behind a report"),
            _gifts,
            (
                Column("unit", _("Unit"), unit_name, kind="name", phone="title"),
                Column("item", _("Gift"), lambda g: f"{g.item.name} × {g.quantity}", phone="foot"),
                Column("occasion", _("Occasion"), lambda g: g.get_occasion_display()),
                Column("state", _("State"), lambda g: (STATE_TONES[GiftState(g.state)], g.get_state_display()), kind="badge", phone="left"),
                Column("amount", _("Worth in yuan"), "amount", kind="money", phone="right"),
                Column("given", _("Day"), "given_on", kind="date", sort="given", phone="end"),
                Column("by", _("Applicant"), "asked_by.name"),
            ),
            (Sort("given", _("Newest"), "given_on", descending=True),),
            _GIFT_FILTERS,
            lambda row: f"/gifts/{row.pk}/",
        ),
    )
)  # fmt: skip
