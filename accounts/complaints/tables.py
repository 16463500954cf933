"""The list of complaints: what the customer waits for first."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.complaints.filters import ComplaintFilter
from accounts.complaints.labels import STATE_TONES
from accounts.complaints.models import Complaint
from accounts.complaints.rules import is_overdue
from accounts.complaints.selectors import standing_of
from accounts.complaints.terms import ComplaintState, Severity, Verdict
from kam.core.clock import business_date
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User

_VERDICT_TONES = {Verdict.UNDECIDED: "pending", Verdict.VALID: "warn", Verdict.INVALID: "draft"}


def _rows(user: User) -> QuerySet[Complaint]:
    return Complaint.objects.visible_to(user).select_related("unit", "owner", "line", "person", "verdict_by")


def _search(rows: QuerySet[Complaint], text: str) -> QuerySet[Complaint]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(names | Q(text__icontains=text))


def _name(row: Complaint) -> Name:
    return Name(row.unit.name, sub=row.number, tier=row.unit.tier, lang="zh-Hans")


def _state(row: Complaint) -> tuple[str, str]:
    return STATE_TONES[ComplaintState(row.state)], row.get_state_display()


def _verdict(row: Complaint) -> tuple[str, str]:
    return _VERDICT_TONES[Verdict(row.verdict)], row.get_verdict_display()


def _severity(row: Complaint) -> tuple[str, str]:
    return "danger" if row.severity == Severity.SEVERE else "draft", row.get_severity_display()


def _due_tone(row: Complaint) -> str:
    return "c-danger" if is_overdue(standing_of(row), row.due_on, business_date()) else ""


COMPLAINTS = register_list(
    ListSpec(
        key="accounts.complaints",
        url="/complaints/",
        title=_("Complaints"),
        rows=_rows,
        columns=(
            Column("unit", _("Unit"), _name, kind="name", phone="title"),
            Column("severity", _("Severity"), _severity, kind="badge", phone="top"),
            Column("kind", _("Kind of complaint"), lambda row: row.get_kind_display(), phone="left"),
            Column("state", _("State"), _state, kind="badge", phone="right"),
            Column("received", _("Received on"), "received_on", kind="date", sort="received"),
            Column("due", _("Due"), "due_on", kind="date", sort="due", phone="end", tone=_due_tone),
            Column("verdict", _("Valid or not"), _verdict, kind="badge"),
            Column("owner", _("Handled by"), "owner.name", phone="foot"),
            Column("line", _("Product line"), "line", is_shown=False),
            Column("person", _("Who complained"), "person.name", is_shown=False),
            Column("channel", _("Received by"), lambda row: row.get_channel_display(), is_shown=False),
            Column("text", _("Complaint"), "text", is_shown=False),
            Column("resolution", _("What was done"), "resolution", is_shown=False),
            Column(
                "agreement",
                _("Customer’s agreement"),
                lambda row: row.get_agreement_display(),
                is_shown=False,
            ),
            Column("resolved", _("Resolved on"), "resolved_on", kind="date", is_shown=False),
        ),
        sorts=(
            Sort("received", _("Newest"), "received_on", descending=True),
            Sort("due", _("Due first"), "due_on"),
        ),
        count_words=lambda count, words: (
            ngettext("%(n)s complaint", "%(n)s complaints", count) % {"n": words}
        ),
        filterset=ComplaintFilter,
        search=_search,
        search_hint=_("Name of the unit, words of the complaint"),
        row_url=lambda row: row.get_absolute_url(),
        views=(
            View(
                "waiting",
                _("The customer waits"),
                "state=received&state=investigating&state=agreed&verdict=undecided&verdict=valid&sort=due",
            ),
            View("to-judge", _("To be judged"), "verdict=undecided&sort=due"),
        ),
        empty=Empty(
            _("No complaint"), _("Record one on the unit’s page, tab “Complaints”."), icon="mood-sad"
        ),
    )
)
