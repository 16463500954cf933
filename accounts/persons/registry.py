"""What rooms above add to the page of a person, and do when a unit's designated key person changes: told by the act itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.persons.models import Person
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class PersonPanel:
    """One card of a person's page: `context(person, user)` is what `template` gets; None leaves it out for this reader."""

    key: str
    label: Any
    order: int
    template: str
    context: Callable[[Person, User], dict[str, Any] | None]


_panels: dict[str, PersonPanel] = {}

KeyPersonFollow = Callable[[int, User | None], None]
_follows: list[KeyPersonFollow] = []


def register_key_person(follow: KeyPersonFollow) -> KeyPersonFollow:
    """Register `follow(unit_id, by)`; it runs after the unit's key person changed, in the same transaction, the unit under lock."""
    _follows.append(follow)
    return follow


def tell_key_person(unit_id: int, by: User | None) -> None:
    for follow in _follows:
        follow(unit_id, by)


def register_person_panel(panel: PersonPanel) -> PersonPanel:
    """Register a panel; a second one with the same key is a mistake."""
    if panel.key in _panels:
        raise ValueError(f"person panel {panel.key} is registered twice")
    _panels[panel.key] = panel
    return panel


def panels_of(person: Person, user: User) -> list[dict[str, Any]]:
    """Return the panels that this reader sees, in order, each with its context."""
    shown = []
    for panel in sorted(_panels.values(), key=lambda panel: (panel.order, panel.key)):
        context = panel.context(person, user)
        if context is not None:
            shown.append({"key": panel.key, "label": panel.label, "template": panel.template, **context})
    return shown
