"""The sources: visits, units, deals, payments, the ledger, persons – what each may be grouped by, what is counted, the rows behind."""

from django.db.models import Avg, Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.persons import labels as person_labels
from accounts.persons.models import Person
from accounts.units import labels as unit_labels
from accounts.units.models import KeyAccount
from campaigns.budgets.labels import MOVEMENT_LABELS
from campaigns.budgets.models import Budget, Movement
from campaigns.budgets.permissions import can_see_budgets
from campaigns.campaigns.models import Campaign
from campaigns.deals.labels import STATE_LABELS as DEAL_LABELS
from campaigns.deals.models import Deal, Payment
from campaigns.deals.permissions import can_see_deals
from campaigns.discounts.labels import PAYMENT_LABELS
from kam.lists.spec import Column, Name, Sort
from kam.users.models import Team, User
from kpi.reports.dimensions import by_month, by_row, by_text, by_truth, by_word, filterset_of
from kpi.reports.parts import listed, sees_rows, unit_dimensions, unit_name
from kpi.reports.registry import Figure, Source, register_source
from visits.plans.models import MODE_LABELS
from visits.visits.models import KIND_LABELS, OUTCOME_LABELS, Visit
from visits.visits.terms import IN_PERSON, Outcome


def _visits(user: User) -> QuerySet[Visit]:
    return Visit.objects.visible_to(user).select_related("unit", "user")


_VISIT_DIMENSIONS = (
    by_row("visitor", _("Visitor"), "user", User, _visits),
    by_row("team", _("Team"), "unit__team", Team, _visits),
    by_month("month", pgettext_lazy("dimension of a report", "Month"), "on"),
    by_row("unit", _("Unit"), "unit", KeyAccount, _visits, is_typed=True),
    *unit_dimensions(_visits),
    by_word("kind", _("Kind"), "kind", KIND_LABELS),
    by_word("mode", _("Way"), "mode", MODE_LABELS),
    by_word("outcome", _("Outcome"), "outcome", OUTCOME_LABELS),
    by_truth("planned", _("Planned"), "is_planned"),
    by_truth("late", _("Entered late"), "is_late"),
)
#: The same visits as the measure of this name: a late one counts once the manager accepted it (12-decisions, 23).
_HELD = (
    Q(kind__in=[kind.value for kind in IN_PERSON])
    & ~Q(outcome=Outcome.NOT_MET)
    & Q(business_date__isnull=False)
)
_VISIT_FIGURES = (
    Figure("count", _("Visits"), Count("pk")),
    Figure("held", _("Visits held"), Count("pk"), where=_HELD),
    Figure("waiting", _("Late entries not accepted"), Count("pk"), where=Q(business_date__isnull=True)),
    Figure("units", _("Different units visited"), Count("unit", distinct=True), adds_up=False),
    Figure("unplanned", _("Unplanned visits"), Count("pk"), where=Q(is_planned=False)),
)
_VISIT_FILTERS = filterset_of(_VISIT_DIMENSIONS, "on", _VISIT_FIGURES)
register_source(
    Source(
        key="visits",
        label=_("Visits"),
        icon="map-pin",
        rows=_visits,
        can_open=sees_rows,
        day="on",
        day_label=_("day of the visit"),
        dimensions=_VISIT_DIMENSIONS,
        figures=_VISIT_FIGURES,
        filterset=_VISIT_FILTERS,
        listed=listed(
            "visits",
            _("Visits behind a report"),
            _visits,
            (
                Column("unit", _("Unit"), unit_name, kind="name", phone="title"),
                Column("on", _("Day"), "on", kind="date", sort="on", phone="end"),
                Column("user", _("Visitor"), "user.name", phone="foot"),
                Column("kind", _("Kind"), lambda v: v.get_kind_display(), phone="left"),
                Column("outcome", _("Outcome"), lambda v: v.get_outcome_display(), phone="right"),
                Column("planned", _("Planned"), "is_planned", kind="yes"),
            ),
            (Sort("on", _("Newest"), "on", descending=True),),
            _VISIT_FILTERS,
            lambda row: f"/visits/{row.pk}/",
        ),
    )
)


def _accounts(user: User) -> QuerySet[KeyAccount]:
    return KeyAccount.objects.visible_to(user).select_related("owner", "team")


_ACCOUNT_DIMENSIONS = (
    by_row("owner", _("Owner"), "owner", User, _accounts),
    by_row("team", _("Team"), "team", Team, _accounts),
    *unit_dimensions(_accounts, ""),
    by_word("class", _("Class"), "unit_class", unit_labels.CLASS_LABELS),
    by_word("phase", _("Phase"), "phase", unit_labels.PHASE_LABELS),
    by_word("source", _("Source"), "source", unit_labels.SOURCE_LABELS),
    by_truth("core", _("Core"), "is_core"),
    by_truth("focus", _("Focus"), "is_focus"),
    by_month("opened", _("Month the file was opened"), "file_opened_on"),
)
_ACCOUNT_FIGURES = (
    Figure("count", _("Units"), Count("pk")),
    Figure("no_step", _("Units without a next step"), Count("pk"), where=Q(next_step="")),
    Figure("never", _("Units never visited"), Count("pk"), where=Q(last_visit_on=None)),
)
_ACCOUNT_FILTERS = filterset_of(_ACCOUNT_DIMENSIONS, "", _ACCOUNT_FIGURES)
register_source(
    Source(
        key="units",
        label=_("Units"),
        icon="building",
        rows=_accounts,
        can_open=sees_rows,
        dimensions=_ACCOUNT_DIMENSIONS,
        figures=_ACCOUNT_FIGURES,
        filterset=_ACCOUNT_FILTERS,
        listed=listed(
            "units",
            _("Units behind a report"),
            _accounts,
            (
                Column("name", _("Unit"), lambda u: Name(u.name, tier=u.tier, lang="zh-Hans"), kind="name", phone="title"),
                Column("status", _("Status"), lambda u: u.get_status_display(), phone="left"),
                Column("phase", _("Phase"), lambda u: u.get_phase_display(), phone="right"),
                Column("owner", _("Owner"), "owner.name", phone="foot"),
                Column("visit", _("Last visit"), "last_visit_on", kind="date", phone="end"),
            ),
            (Sort("name", _("Name"), "sort_key"),),
            _ACCOUNT_FILTERS,
            lambda row: f"/accounts/{row.pk}/",
        ),
    )
)  # fmt: skip


def _deals(user: User) -> QuerySet[Deal]:
    return Deal.objects.visible_to(user).select_related("unit", "campaign", "owner")


_DEAL_DIMENSIONS = (
    by_row("owner", _("Owner"), "owner", User, _deals),
    by_row("team", _("Team"), "team", Team, _deals),
    by_month("month", _("Month of signing"), "signed_on"),
    by_month("paid", _("Month of the first payment"), "first_paid_on"),
    by_row("campaign", _("Campaign"), "campaign", Campaign, _deals),
    by_word("state", _("State"), "state", DEAL_LABELS),
    by_word("payment", _("Payment"), "payment_mode", PAYMENT_LABELS),
    by_row("unit", _("Unit"), "unit", KeyAccount, _deals, is_typed=True),
    *unit_dimensions(_deals),
)
_PRICE = F("quantity") * F("price_amount")
_DEAL_FIGURES = (
    Figure("count", _("Deals"), Count("pk")),
    Figure("sets", _("Sets"), Sum("quantity")),
    Figure("amount", _("Price when signed"), Sum(_PRICE), is_money=True),
    Figure("average", _("Average price of a deal"), Avg(_PRICE), is_money=True, adds_up=False),
)
_DEAL_FILTERS = filterset_of(_DEAL_DIMENSIONS, "signed_on", _DEAL_FIGURES)
register_source(
    Source(
        key="deals",
        label=_("Deals"),
        icon="file-dollar",
        rows=_deals,
        can_open=can_see_deals,
        day="signed_on",
        day_label=_("day of signing"),
        dimensions=_DEAL_DIMENSIONS,
        figures=_DEAL_FIGURES,
        filterset=_DEAL_FILTERS,
        listed=listed(
            "deals",
            _("Deals behind a report"),
            _deals,
            (
                Column("unit", _("Unit"), unit_name, kind="name", phone="title"),
                Column("number", _("Number"), "number", phone="left"),
                Column("campaign", _("Campaign"), "campaign.name"),
                Column("state", _("State"), lambda d: d.get_state_display(), phone="right"),
                Column("sets", _("Sets"), "quantity", kind="number"),
                Column("total", _("Price when signed"), "signed_total", kind="money"),
                Column("signed", _("Signed on"), "signed_on", kind="date", sort="signed", phone="end"),
                Column("owner", _("Owner"), "owner.name", phone="foot"),
            ),
            (Sort("signed", _("Signed last"), "signed_on", descending=True, nullable=True),),
            _DEAL_FILTERS,
            lambda row: f"/deals/{row.pk}/",
        ),
    )
)


def _payments(user: User) -> QuerySet[Payment]:
    rows = Payment.objects.filter(deal__in=Deal.objects.visible_to(user))
    return rows.select_related("deal__unit", "deal__campaign", "deal__owner")


_PAYMENT_DIMENSIONS = (
    by_month("month", pgettext_lazy("dimension of a report", "Month"), "received_on"),
    by_row("owner", _("Owner"), "deal__owner", User, _payments),
    by_row("team", _("Team"), "deal__team", Team, _payments),
    by_row("campaign", _("Campaign"), "deal__campaign", Campaign, _payments),
    by_row("unit", _("Unit"), "deal__unit", KeyAccount, _payments, is_typed=True),
    by_truth("set_off", _("Set off, not received"), "is_set_off"),
    *unit_dimensions(_payments, "deal__unit__"),
)
_PAYMENT_FIGURES = (
    Figure("amount", _("Amount"), Sum("amount"), is_money=True),
    Figure("count", _("Payments"), Count("pk")),
    Figure("deals", _("Different deals paid"), Count("deal", distinct=True), adds_up=False),
)
_PAYMENT_FILTERS = filterset_of(_PAYMENT_DIMENSIONS, "received_on", _PAYMENT_FIGURES)
register_source(
    Source(
        key="payments",
        label=_("Money received"),
        icon="coins",
        rows=_payments,
        can_open=can_see_deals,
        day="received_on",
        day_label=_("day of the payment"),
        dimensions=_PAYMENT_DIMENSIONS,
        figures=_PAYMENT_FIGURES,
        filterset=_PAYMENT_FILTERS,
        listed=listed(
            "payments",
            _("Payments behind a report"),
            _payments,
            (
                Column("unit", _("Unit"), lambda p: Name(p.deal.unit.name, tier=p.deal.unit.tier, lang="zh-Hans"), kind="name", phone="title"),
                Column("deal", _("Deal"), "deal.number", phone="left"),
                Column("reference", _("Receipt number"), "reference"),
                Column("amount", _("Amount"), "amount", kind="money", phone="right"),
                Column("on", _("Received on"), "received_on", kind="date", sort="on", phone="end"),
                Column("owner", _("Owner"), "deal.owner.name", phone="foot"),
            ),
            (Sort("on", _("Newest"), "received_on", descending=True),),
            _PAYMENT_FILTERS,
            lambda row: f"/deals/{row.deal_id}/",
        ),
    )
)  # fmt: skip


def _entries(user: User) -> QuerySet[Movement]:
    return Movement.objects.visible_to(user).select_related("line__budget")


_ENTRY_DIMENSIONS = (
    by_row("budget", _("Budget"), "line__budget", Budget, _entries),
    by_text("line", _("Line"), "line__name"),
    by_month("month", pgettext_lazy("dimension of a report", "Month"), "on"),
    by_word("kind", _("Entry"), "kind", MOVEMENT_LABELS),
    by_row("campaign", _("Campaign"), "line__budget__campaign", Campaign, _entries),
)
_ENTRY_FIGURES = (
    Figure("spent", _("Spent"), Sum("spent"), is_money=True),
    Figure("reserved", _("Reserved"), Sum("reserved"), is_money=True),
    Figure("budgeted", _("Budgeted"), Sum("budgeted"), is_money=True),
    Figure("count", _("Entries"), Count("pk")),
)
_ENTRY_FILTERS = filterset_of(_ENTRY_DIMENSIONS, "on", _ENTRY_FIGURES)
register_source(
    Source(
        key="money",
        label=_("Money spent"),
        icon="receipt",
        rows=_entries,
        can_open=can_see_budgets,
        day="on",
        day_label=_("day of the entry"),
        dimensions=_ENTRY_DIMENSIONS,
        figures=_ENTRY_FIGURES,
        filterset=_ENTRY_FILTERS,
        listed=listed(
            "money",
            _("Entries behind a report"),
            _entries,
            (
                Column("line", _("Line"), lambda m: Name(m.line.name, sub=str(m.line.budget), lang="zh-Hans"), kind="name", phone="title"),
                Column("kind", _("Entry"), lambda m: m.get_kind_display(), phone="left"),
                Column("document", _("Document"), "source_label"),
                Column("budgeted", _("Budgeted"), "budgeted", kind="money"),
                Column("reserved", _("Reserved"), "reserved", kind="money"),
                Column("spent", _("Spent"), "spent", kind="money", phone="right"),
                Column("on", _("Day"), "on", kind="date", sort="on", phone="end"),
            ),
            (Sort("on", _("Newest"), "on", descending=True),),
            _ENTRY_FILTERS,
            lambda row: f"/budgets/{row.line.budget_id}/",
        ),
    )
)  # fmt: skip


def _persons(user: User) -> QuerySet[Person]:
    return Person.objects.visible_to(user).present().select_related("unit")


_PERSON_DIMENSIONS = (
    by_word("attitude", _("Attitude"), "attitude", person_labels.ATTITUDE_LABELS),
    by_word("style", _("Personality style"), "style", person_labels.STYLE_LABELS),
    by_word("insider", _("Insider"), "insider", person_labels.INSIDER_LABELS),
    by_word("level", _("Level"), "level", person_labels.LEVEL_LABELS),
    by_word("function", _("Function"), "function", person_labels.FUNCTION_LABELS),
    by_month("added", _("Month added"), "added_on"),
    by_row("owner", _("Owner"), "unit__owner", User, _persons),
    by_row("team", _("Team"), "unit__team", Team, _persons),
    by_row("unit", _("Unit"), "unit", KeyAccount, _persons, is_typed=True),
    *unit_dimensions(_persons),
)
_PERSON_FIGURES = (
    Figure("count", _("Persons"), Count("pk")),
    Figure("units", _("Different units"), Count("unit", distinct=True), adds_up=False),
    Figure("unmet", _("Persons never met"), Count("pk"), where=Q(first_met_on=None)),
)
_PERSON_FILTERS = filterset_of(_PERSON_DIMENSIONS, "", _PERSON_FIGURES)
register_source(
    Source(
        key="persons",
        label=_("People at units"),
        icon="users",
        rows=_persons,
        can_open=sees_rows,
        dimensions=_PERSON_DIMENSIONS,
        figures=_PERSON_FIGURES,
        filterset=_PERSON_FILTERS,
        listed=listed(
            "persons",
            _("Persons behind a report"),
            _persons,
            (
                Column("name", _("Name"), lambda p: Name(p.name, sub=p.post, lang="zh-Hans"), kind="name", phone="title"),
                Column("unit", _("Unit"), "unit.name", phone="left"),
                Column("attitude", _("Attitude"), lambda p: p.get_attitude_display(), phone="right"),
                Column("contact", _("Last contact"), "last_contact_on", kind="date", phone="end"),
            ),
            (Sort("newest", _("Newest"), "id", descending=True),),
            _PERSON_FILTERS,
            lambda row: f"/persons/{row.pk}/",
        ),
    )
)  # fmt: skip
