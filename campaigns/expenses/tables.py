"""The lists of expense claims and of phone limits."""

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.expenses.filters import ClaimFilter, LimitFilter
from campaigns.expenses.models import ExpenseClaim, PhoneLimit
from campaigns.expenses.permissions import can_claim
from campaigns.expenses.terms import LIMIT_TONES, STATE_TONES, ClaimState, LimitState
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.users.models import User


def _rows(user: User) -> QuerySet[ExpenseClaim]:
    return ExpenseClaim.objects.visible_to(user).select_related("claimant", "line", "paid_by")


CLAIMS = register_list(
    ListSpec(
        key="campaigns.expenses",
        url="/expenses/",
        title=_("Expense claims"),
        rows=_rows,
        columns=(
            Column(
                "claim",
                _("What for"),
                lambda c: Name(c.purpose, sub=c.number, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number", is_shown=False),
            Column(
                "state",
                _("State"),
                lambda c: (STATE_TONES[ClaimState(c.state)], str(c.get_state_display())),
                kind="badge",
                phone="left",
            ),
            Column("amount", _("Amount in yuan"), "amount", kind="money", phone="right"),
            Column("claimant", _("Claimant"), "claimant.name", phone="foot"),
            Column("line", _("Budget line"), "line.name"),
            Column("begun", _("Begun on"), "begun_on", kind="date", phone="end"),
            Column("paid", _("Paid on"), "paid_on", kind="date"),
            Column("document", _("Number of the payment"), "document"),
        ),
        sorts=(Sort("newest", _("Newest"), "id", descending=True),),
        count_words=lambda count, words: ngettext("%(n)s claim", "%(n)s claims", count) % {"n": words},
        filterset=ClaimFilter,
        search=lambda rows, text: rows.filter(
            Q(purpose__icontains=text) | Q(number__iexact=text) | Q(receipts__number__iexact=text)
        ).distinct(),
        search_hint=_("What for, number of the claim or of a receipt"),
        row_url=lambda row: f"/expenses/{row.pk}/",
        views=(View("pay", _("To be paid"), "state=approved"),),
        empty=Empty(
            _("No claims yet"),
            _("Begin one and add receipts with their pictures."),
            action_label=_("New claim"),
            action_url="/expenses/new/",
            icon="receipt",
            can=can_claim,
        ),
    )
)

PHONE_LIMITS = register_list(
    ListSpec(
        key="campaigns.phone_limits",
        url="/expenses/phone/",
        title=_("Phone limits"),
        rows=lambda user: PhoneLimit.objects.visible_to(user).select_related("user", "asked_by"),
        columns=(
            Column(
                "user",
                _("For whom"),
                lambda row: Name(row.user.name, sub=row.number, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number", is_shown=False),
            Column(
                "state",
                _("State"),
                lambda row: (LIMIT_TONES[LimitState(row.state)], str(row.get_state_display())),
                kind="badge",
                phone="left",
            ),
            Column("amount", _("Yuan a month"), "amount", kind="money", phone="right"),
            Column(
                "from",
                _("From month"),
                lambda row: date_format(row.starts_on, "YEAR_MONTH_FORMAT"),
                phone="foot",
            ),
            Column("only", _("In this month only"), "only", kind="yes"),
            Column("reason", _("Reason"), "reason"),
            Column("asked_by", _("Applicant"), "asked_by.name", is_shown=False),
            Column("asked", _("Asked on"), "asked_on", kind="date", phone="end"),
        ),
        sorts=(Sort("newest", _("Newest"), "id", descending=True),),
        count_words=lambda count, words: ngettext("%(n)s limit", "%(n)s limits", count) % {"n": words},
        filterset=LimitFilter,
        search=lambda rows, text: rows.filter(
            Q(user__name__icontains=text) | Q(number__iexact=text) | Q(reason__icontains=text)
        ),
        search_hint=_("Name, number, reason"),
        row_url=lambda row: row.get_absolute_url(),
        views=(View("approved", _("In force"), "state=approved"),),
        empty=Empty(
            _("No limits of their own yet"),
            _("The usual limit holds for everybody for whom none was approved."),
            action_label=_("Ask for a limit"),
            action_url="/expenses/phone/new/",
            icon="phone",
            can=can_claim,
        ),
    )
)
