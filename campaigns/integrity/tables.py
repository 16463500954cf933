"""The list of the register."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from campaigns.integrity.filters import BenefitFilter
from campaigns.integrity.labels import SHORT_FINDINGS
from campaigns.integrity.models import Benefit
from campaigns.integrity.selectors import with_all
from campaigns.integrity.terms import STATE_TONES, MoveKind
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, View, register_list
from kam.search.services import find_by_name
from kam.users.models import User


def _rows(user: User) -> QuerySet[Benefit]:
    return with_all(Benefit.objects.visible_to(user).valued())


def _search(rows: QuerySet[Benefit], text: str) -> QuerySet[Benefit]:
    names = find_by_name(
        text, names=("name", "short_name", "english_name"), code="credit_code", path="unit__"
    )
    return rows.filter(
        names | Q(person__name__icontains=text) | Q(text__icontains=text) | Q(source_label__icontains=text)
    )


def _state(row: Benefit) -> tuple[str, str]:
    return STATE_TONES[row.state], str(row.state_words)


def _of_given(row: Benefit, name: str) -> Any:
    given = row.move(MoveKind.GIVEN)
    return getattr(given, name) if given else None


def exceptions_of(row: Benefit) -> str:
    """Return why a compliance approval was needed, in a few words."""
    words = [str(SHORT_FINDINGS[code]) for code in row.findings]
    return " · ".join(words if words or not row.needs_compliance else [str(row.get_outcome_display())])


REGISTER = register_list(
    ListSpec(
        key="campaigns.integrity",
        url="/integrity/",
        title=_("Integrity register"),
        rows=_rows,
        columns=(
            Column(
                "person",
                _("Person"),
                lambda b: Name(b.person.name, sub=b.unit.name, lang="zh-Hans"),
                kind="name",
                phone="title",
            ),
            Column("unit", _("Unit"), "unit.name", is_shown=False),
            Column("kind", _("Kind"), lambda b: b.get_kind_display(), phone="foot"),
            Column("text", pgettext_lazy("benefit", "What"), "words"),
            Column("worth", _("Worth in yuan"), "worth", kind="money", phone="right"),
            Column(
                "tax", _("Tax withheld"), lambda b: _of_given(b, "tax_amount"), kind="money", is_shown=False
            ),
            Column("net", _("Net"), lambda b: _of_given(b, "net_amount"), kind="money", is_shown=False),
            Column("state", _("State"), _state, kind="badge", phone="left"),
            Column("day", _("Day"), "day", kind="date", sort="day", phone="end"),
            Column("giver", _("Given by"), "giver.name"),
            Column("official", _("Public official"), lambda b: b.get_official_display()),
            Column("exceptions", _("Exceptions"), exceptions_of, tone=lambda b: "c-warn"),
            Column("reason", _("Reason for compliance"), "reason", is_shown=False),
            Column("basis", _("Written basis"), "basis_document", is_shown=False),
            Column("employer", _("Employer informed by"), "employer_document", is_shown=False),
            Column("document", _("Document"), "source_label", is_shown=False),
        ),
        sorts=(
            Sort("newest", _("Newest"), "id", descending=True),
            Sort("day", _("Latest day first"), "day", descending=True),
        ),
        count_words=lambda count, words: ngettext("%(n)s entry", "%(n)s entries", count) % {"n": words},
        filterset=BenefitFilter,
        search=_search,
        search_hint=_("Person, unit, what, document"),
        row_url=lambda row: f"/integrity/{row.pk}/",
        views=(
            View("given", pgettext_lazy("benefit", "Given"), "state=given"),
            View("exceptions", _("Exceptions"), "watched=compliance"),
            View("split", _("Looks split"), "watched=split"),
        ),
        empty=Empty(
            _("Nothing was given to anybody yet"),
            _("Gifts, receptions and rebates enter themselves here before they are spent."),
            icon="gift",
        ),
    )
)
