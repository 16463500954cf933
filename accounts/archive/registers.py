"""What the archive gives to the frames: the act, the card of the record, the list, the line on Today, the rule kind."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.archive.definitions import (
    apply_definition,
    check_definition,
    last_definition,
    preview_definition,
)
from accounts.archive.forms import DefinitionForm
from accounts.archive.permissions import can_see_archive
from accounts.archive.selectors import INCOMPLETE, file_asked, file_of
from accounts.archive.tables import INCOMPLETE_FILES
from accounts.units.models import KeyAccount
from accounts.units.permissions import can_edit_unit
from accounts.units.registry import Panel, register_list_action, register_panel, register_reading
from kam.approvals.rule_changes.registry import RuleKind, register_rule_kind
from kam.audit.registry import register_act
from kam.core.clock import business_date
from kam.search.registry import register_page
from kam.today.registry import Section, register_section
from kam.today.terms import Exit
from kam.users.models import User
from kam.users.terms import SELLERS

__all__ = ["INCOMPLETE_FILES"]  # workers write its files

register_act("accounts.archive.definition_replaced", _("Definition of a complete file replaced"))


def _card(unit: KeyAccount, user: User) -> dict[str, Any]:
    return {"file": file_of(unit, business_date()), "can_edit": can_edit_unit(user, unit)}


register_reading("file", lambda unit, _user: file_asked(unit, business_date()), tab="overview")
register_panel(Panel("file", _("Unit file"), 40, "accounts/archive/_card.html", _card, place="overview"))


def collect_incomplete(users: Sequence[User], day: date) -> dict[int, int]:
    """Return user id → how many of their files are not complete."""
    return INCOMPLETE(users, day)


def text_of_incomplete(count: int) -> str:
    """Return the line of a mail."""
    return "- " + ngettext(
        "%(n)s file of yours is not complete.", "%(n)s files of yours are not complete.", count
    ) % {"n": count}


register_section(
    Section(
        key="archive",
        label=_("Incomplete files"),
        order=170,
        slots=(Exit.TODAY,),
        positions=SELLERS,
        collect=collect_incomplete,
        asks=(INCOMPLETE.ask,),
        template="accounts/archive/_today.html",
        text=text_of_incomplete,
    )
)
register_rule_kind(
    RuleKind(
        key="complete_file",
        label=_("Definition of a complete file"),
        form=DefinitionForm,
        preview=preview_definition,
        check=check_definition,
        apply=apply_definition,
        begin=lambda _of: last_definition(),
    )
)
register_page(
    "accounts.incomplete",
    _("Incomplete files"),
    "/accounts/incomplete/",
    icon="archive",
    words="档案 dangan",
    visible=can_see_archive,
    under="/accounts/",
)
register_list_action(
    "incomplete",
    lambda user: (
        (_("Incomplete files"), "/accounts/incomplete/", "archive") if can_see_archive(user) else None
    ),
)
