"""What rooms above add to the page of a visit: gifts to hand over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam.users.models import User
from visits.visits.models import Visit


@dataclass(frozen=True, slots=True)
class VisitPanel:
    """One card of a visit's page: `context(visit, user)` is what `template` gets; None leaves it out for this reader."""

    key: str
    label: Any
    order: int
    template: str
    context: Callable[[Visit, User], dict[str, Any] | None]


_panels: dict[str, VisitPanel] = {}


def register_visit_panel(panel: VisitPanel) -> VisitPanel:
    """Register a panel; a second one with the same key is a mistake."""
    if panel.key in _panels:
        raise ValueError(f"visit panel {panel.key} is registered twice")
    _panels[panel.key] = panel
    return panel


def panels_of(visit: Visit, user: User) -> list[dict[str, Any]]:
    """Return the panels that this reader sees, in order, each with its context."""
    shown = []
    for panel in sorted(_panels.values(), key=lambda panel: (panel.order, panel.key)):
        context = panel.context(visit, user)
        if context is not None:
            shown.append({"key": panel.key, "label": panel.label, "template": panel.template, **context})
    return shown


#: user id, day → whether the figures of that day are sealed
ClosedFor = Callable[[int, date], bool]
_closed: list[ClosedFor] = []


def register_closed_months(provider: ClosedFor) -> None:
    """Say who knows closed months; asked inside the transaction that writes, which it may lock against a closing."""
    _closed[:] = [provider]


def is_month_closed(user_id: int, day: date) -> bool:
    """Say whether nothing counts for that day any more (12-decisions, 23)."""
    return bool(_closed) and _closed[0](user_id, day)
