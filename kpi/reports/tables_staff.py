"""Sources about the department itself: its people, and the score sheets of months for whoever reads scores."""

from django.db.models import Avg, Count, F, FilteredRelation, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kam.core.clock import business_date
from kam.lists.spec import Column, Name, Sort
from kam.users.models import POSITION_LABELS, Team, User
from kam.users.scopes import Reach, colleagues_seen_by, scope_of
from kam.users.terms import SELLERS, Position
from kpi.reports.dimensions import by_month, by_row, by_truth, by_word, filterset_of
from kpi.reports.parts import listed, sees_rows
from kpi.reports.registry import Figure, Source, register_source
from kpi.sheets.labels import STATE_LABELS
from kpi.sheets.models import Sheet
from kpi.sheets.permissions import can_see_sheets
from kpi.sheets.terms import SHEET_TONES, SheetState


def _sees_staff(user: User) -> bool:
    """Whoever sees colleagues' rows, and HR."""
    return sees_rows(user) or (user.is_active and user.position == Position.HR)


def _people(user: User) -> QuerySet[User]:
    """Return everybody who works or worked here for HR and those who see the department; colleagues whose rows one reads for others."""
    sees_all = scope_of(user).reach is Reach.DEPARTMENT or (user.is_active and user.position == Position.HR)
    rows = User.objects.get_queryset() if sees_all else colleagues_seen_by(user)
    today = business_date()
    runs = Q(memberships__ended_on=None) | Q(memberships__ended_on__gte=today)
    now = FilteredRelation("memberships", condition=Q(memberships__started_on__lte=today) & runs)
    return rows.alias(now=now).annotate(now_in=F("now__team__name"))


_PEOPLE_DIMENSIONS = (
    by_word("position", _("Position"), "position", POSITION_LABELS),
    by_row("team", _("Team"), "now__team", Team, _people),
    by_truth("working", _("Works here"), "is_active"),
    by_month("joined", _("Month of joining"), "joined_on"),
    by_month("left", _("Month of leaving"), "left_on"),
)
_PEOPLE_FIGURES = (
    Figure("count", _("People who work here"), Count("pk"), where=Q(is_active=True)),
    Figure("sellers", _("People who sell"), Count("pk"), where=Q(is_active=True, position__in=list(SELLERS))),
    Figure("no_team", _("People without a team"), Count("pk"), where=Q(is_active=True, now__team=None)),
    Figure("left", _("People who left"), Count("pk"), where=Q(is_active=False)),
)
_PEOPLE_FILTERS = filterset_of(_PEOPLE_DIMENSIONS, "", _PEOPLE_FIGURES)
register_source(
    Source(
        key="staff",
        label=_("Staff"),
        icon="user",
        rows=_people,
        can_open=_sees_staff,
        dimensions=_PEOPLE_DIMENSIONS,
        figures=_PEOPLE_FIGURES,
        filterset=_PEOPLE_FILTERS,
        listed=listed(
            "staff",
            _("Staff behind a report"),
            _people,
            (
                Column("name", _("Name"), lambda u: Name(u.name, sub=u.staff_number), kind="name", phone="title"),
                Column("position", _("Position"), lambda u: u.get_position_display(), phone="left"),
                Column("team", _("Team"), "now_in", phone="right"),
                Column("joined", _("Joined on"), "joined_on", kind="date", sort="joined", phone="end"),
                Column("left", _("Left on"), "left_on", kind="date"),
            ),
            (Sort("joined", _("Joined last"), "joined_on", descending=True),),
            _PEOPLE_FILTERS,
            None,
        ),
    )
)  # fmt: skip


def _sheets(user: User) -> QuerySet[Sheet]:
    return Sheet.objects.visible_to(user).live().months().select_related("user", "seal")


_CLOSED = Q(state=SheetState.CLOSED)
_SHEET_DIMENSIONS = (
    by_row("person", _("Person"), "user", User, _sheets),
    by_word("position", _("Position"), "position", POSITION_LABELS),
    by_month("month", pgettext_lazy("dimension of a report", "Month"), "last_day"),
    by_word("state", _("State"), "state", STATE_LABELS),
)
_SHEET_FIGURES = (
    Figure("count", _("Score sheets"), Count("pk")),
    Figure("closed", _("Score sheets closed"), Count("pk"), where=_CLOSED),
    Figure("signed", _("Score sheets signed"), Count("pk"), where=Q(signed_at__isnull=False)),
    Figure("points", _("Average points"), Avg("seal__points"), where=_CLOSED, adds_up=False),
)
_SHEET_FILTERS = filterset_of(_SHEET_DIMENSIONS, "last_day", _SHEET_FIGURES)
register_source(
    Source(
        key="scores",
        label=_("Score sheets of months"),
        icon="chart-bar",
        rows=_sheets,
        can_open=can_see_sheets,
        day="last_day",
        day_label=_("last day of the month"),
        dimensions=_SHEET_DIMENSIONS,
        figures=_SHEET_FIGURES,
        filterset=_SHEET_FILTERS,
        listed=listed(
            "scores",
            _("Score sheets behind a report"),
            _sheets,
            (
                Column("person", _("Person"), lambda s: Name(s.user.name, sub=s.number), kind="name", phone="title"),
                Column("state", _("State"), lambda s: (SHEET_TONES[SheetState(s.state)], s.get_state_display()), kind="badge", phone="left"),
                Column("points", _("Points"), lambda s: s.seal.points if s.state == SheetState.CLOSED else None, kind="number", phone="right"),
                Column("last", _("Last day"), "last_day", kind="date", sort="last", phone="end"),
                Column("signed", _("Signed at"), "signed_at", kind="datetime"),
            ),
            (Sort("last", _("Newest"), "last_day", descending=True),),
            _SHEET_FILTERS,
            lambda row: f"/kpi/sheets/{row.pk}/",
        ),
    )
)  # fmt: skip
