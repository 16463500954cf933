"""The department-wide list: which competitor supplies which line to which unit, until when."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.competition.filters import PositionFilter
from accounts.competition.models import ProductPosition
from accounts.competition.terms import Supply
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _rows(user: User) -> QuerySet[ProductPosition]:
    """Only the latest row of each line of each unit, and of these the competitors'."""
    latest = ProductPosition.objects.filter(unit=OuterRef("unit"), line=OuterRef("line")).order_by(
        "-learned_on", "-id"
    )
    rows = ProductPosition.objects.visible_to(user).filter(supply=Supply.COMPETITOR)
    return rows.filter(pk=Subquery(latest.values("pk")[:1])).select_related(
        "unit", "unit__owner", "line", "competitor"
    )


def _search(rows: QuerySet[ProductPosition], text: str) -> QuerySet[ProductPosition]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(names)


def _name(row: ProductPosition) -> Name:
    return Name(row.unit.name, sub=str(row.line), tier=row.unit.tier, lang="zh-Hans")


def _competitor(row: ProductPosition) -> SafeString:
    assert row.competitor is not None  # noqa: S101 -- only competitors' rows are listed
    return format_html('<a href="{}">{}</a>', row.competitor.get_absolute_url(), row.competitor.name)


POSITIONS = register_list(
    ListSpec(
        key="accounts.competitors",
        url="/competitors/",
        title=_("Competitors"),
        rows=_rows,
        columns=(
            Column("unit", _("Unit"), _name, kind="name", phone="title"),
            Column(
                "competitor",
                _("Competitor"),
                _competitor,
                kind="html",
                phone="left",
                export=lambda row: row.competitor.name,
            ),
            Column("line", _("Product line"), "line"),
            Column("share", _("Share in per cent"), "share_percent", kind="number", phone="right"),
            Column("ends", _("Contract ends on"), "contract_ends_on", kind="date", sort="ends", phone="end"),
            Column("value", _("Value in yuan a year"), "value_amount", kind="money"),
            Column("product", _("Their product"), "product", is_shown=False),
            Column("price", _("Their price"), "price"),
            Column("strengths", _("Strengths"), "strengths", is_shown=False),
            Column("weaknesses", _("Weaknesses"), "weaknesses"),
            Column("contacts", _("Their contact persons"), "contacts", is_shown=False),
            Column("owner", _("Owner"), "unit.owner.name", phone="foot"),
        ),
        sorts=(
            Sort("learned", _("Newest"), "learned_on", descending=True),
            Sort("ends", _("Contract ends first"), "contract_ends_on"),
        ),
        count_words=lambda count, words: ngettext("%(n)s line", "%(n)s lines", count) % {"n": words},
        filterset=PositionFilter,
        search=_search,
        search_hint=_("Name, pinyin, code of the unit"),
        row_url=lambda row: f"/accounts/{row.unit_id}/products/",
        empty=Empty(
            _("No competitor is known"), _("Say in a unit's product chart who supplies it."), icon="swords"
        ),
    )
)
