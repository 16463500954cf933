"""What declarations of sources have in common: who sees rows, what rows about a unit are grouped by, the list behind figures."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.units import labels as unit_labels
from accounts.units.terms import Tier
from kam.lists.spec import Column, Empty, ListSpec, Name, Sort, register_list
from kam.users.models import Industry, User
from kam.users.scopes import Reach, scope_of
from kpi.reports.dimensions import Rows, by_row, by_text, by_word
from kpi.reports.registry import Dimension

_TIERS = {tier.value: tier.value for tier in Tier}


def sees_rows(user: User) -> bool:
    return scope_of(user).reach is not Reach.NOTHING


def unit_dimensions(rows: Rows, path: str = "unit__") -> tuple[Dimension, ...]:
    """What every row about a unit may be grouped by."""
    return (
        by_word("tier", _("Tier"), f"{path}tier", _TIERS),
        by_word("channel", _("Channel"), f"{path}channel", unit_labels.CHANNEL_LABELS),
        by_word("status", _("Status"), f"{path}status", unit_labels.STATUS_LABELS),
        by_text("area", _("Area"), f"{path}area"),
        by_row("industry", _("Industry"), f"{path}industry", Industry, rows),
    )


def listed(
    key: str, title: Any, rows: Any, columns: tuple[Column, ...], sorts: tuple[Sort, ...], filters: Any, row_url: Any
) -> ListSpec:  # fmt: skip
    """Declare the list of rows behind the figures: files of it ask the director as every list does."""
    return register_list(
        ListSpec(
            key=f"reports.{key}", url=f"/reports/rows/{key}/", title=title, rows=rows, columns=columns, sorts=sorts,
            filterset=filters, row_url=row_url, empty=Empty(_("No row fits"), _("Take a condition away, or a longer period.")),
        )
    )  # fmt: skip


def unit_name(row: Any) -> Name:
    return Name(row.unit.name, tier=row.unit.tier, lang="zh-Hans")
