"""The list of materials of all campaigns."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from campaigns.materials.filters import MaterialFilter, SupplementFilter
from campaigns.materials.labels import STANDING_LABELS
from campaigns.materials.models import Material, Supplement
from campaigns.materials.terms import STANDING_TONES, SUPPLEMENT_TONES, SupplementState
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.users.models import User


def _rows(user: User) -> QuerySet[Material]:
    return Material.objects.visible_to(user).select_related("campaign").stocked()


def _search(rows: QuerySet[Material], text: str) -> QuerySet[Material]:
    return rows.filter(Q(name__icontains=text) | Q(department__icontains=text))


def _state(row: Material) -> tuple[str, str]:
    return STANDING_TONES[row.standing], str(STANDING_LABELS[row.standing])


MATERIALS = register_list(
    ListSpec(
        key="campaigns.materials",
        url="/materials/",
        title=_("Materials"),
        rows=_rows,
        columns=(
            Column("place", pgettext_lazy("row", "No."), "place", kind="number"),
            Column(
                "name",
                _("Material"),
                lambda m: Name(m.name, sub=m.campaign.name, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("campaign", _("Campaign"), "campaign.name", is_shown=False),
            Column("quantity", _("Quantity"), "quantity", kind="number", phone="right"),
            Column("measure", pgettext_lazy("quantity", "Measure"), "measure"),
            Column("stock", _("In stock"), "stock", kind="number"),
            Column("state", _("State"), _state, kind="badge", phone="left"),
            Column("due", _("Due on"), "due_on", kind="date", sort="due", phone="end"),
            Column("there", _("In place on"), "in_place_on", kind="date"),
            Column("department", _("Responsible"), "department", phone="foot"),
            Column("price", _("Price of one"), "price_amount", kind="money", is_shown=False),
            Column("note", _("Remark"), "note"),
        ),
        sorts=(
            Sort("newest", _("Newest"), "id", descending=True),
            Sort("due", _("Due first"), "due_on", nullable=True),
        ),
        count_words=lambda count, words: ngettext("%(n)s material", "%(n)s materials", count) % {"n": words},
        filterset=MaterialFilter,
        search=_search,
        search_hint=_("Material, responsible"),
        row_url=lambda row: f"/materials/{row.pk}/",
        views=(View("overdue", _("Overdue"), "stands=overdue&sort=due"),),
        empty=Empty(
            _("No materials yet"), _("The bill of materials is on the page of a campaign."), icon="package"
        ),
    )
)

SUPPLEMENTS = register_list(
    ListSpec(
        key="campaigns.supplements",
        url="/materials/supplements/",
        title=_("Supplementary materials"),
        rows=lambda user: Supplement.objects.visible_to(user).select_related("campaign", "asked_by"),
        columns=(
            Column(
                "name",
                _("Material"),
                lambda s: Name(s.name, sub=s.campaign.name, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("number", _("Number"), "number", kind="tag"),
            Column(
                "state",
                _("State"),
                lambda s: (SUPPLEMENT_TONES[SupplementState(s.state)], str(s.get_state_display())),
                kind="badge",
                phone="left",
            ),
            Column("quantity", _("Quantity"), "quantity", kind="number", phone="right"),
            Column("measure", pgettext_lazy("quantity", "Measure"), "measure"),
            Column("cost", _("Worth in yuan"), "cost", kind="money"),
            Column("due", _("Due on"), "due_on", kind="date", phone="end"),
            Column("asked_by", _("Applicant"), "asked_by.name", phone="foot"),
            Column("reason", _("Reason"), "reason", is_shown=False),
        ),
        sorts=(Sort("newest", _("Newest"), "id", descending=True),),
        count_words=lambda count, words: ngettext("%(n)s report", "%(n)s reports", count) % {"n": words},
        filterset=SupplementFilter,
        search=lambda rows, text: rows.filter(Q(name__icontains=text) | Q(number__iexact=text)),
        search_hint=_("Material, number"),
        row_url=lambda row: row.get_absolute_url(),
        empty=Empty(_("No reports yet"), _("They are written on the page of a campaign."), icon="package"),
    )
)
