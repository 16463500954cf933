"""What can be approved: each room describes its subjects; the engine knows none of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model

from kam.approvals.rules import Facts
from kam.core.once import shared
from kam.users.models import User

Effect = Callable[[Any, User], None]


def nothing_follows(_obj: Any, _by: User) -> None:
    """The effect of a subject that leaves an outcome alone."""


def no_facts(_obj: Any) -> Facts:
    return Facts()


@dataclass(frozen=True)
class Subject:
    """One kind of thing that is approved.

    `snapshot(obj)` returns plain JSON: what the deciders see, for ever. The card knows these keys: title, subtitle, unit, amount, why,
    flags (list of text), facts (list of [label, value]), history (list of [date, text, amount]), budget ({name, before, this, after,
    spent, reserved}), lines (list of lists) with line_heads, or the same as days
    (list of {day, lines: [{time, unit, tier, persons, purpose, mode, things, cost}]}), url; every other key is listed under its label from `labels`.
    `material` names the snapshot keys whose change after approval voids it. `card` is a template included under the standard card.
    Effects run inside the decision's transaction, as fn(obj, by); what they raise undoes the decision.
    `bulk` allows approving several at once; `group` is the filter chip.
    """

    key: str
    model: type[Model] | str
    label: Any
    snapshot: Callable[[Any], Mapping[str, Any]]
    requester: Callable[[Any], User]
    facts: Callable[[Any], Facts] = no_facts
    material: tuple[str, ...] = ()
    labels: Mapping[str, Any] = field(default_factory=dict)
    card: str = ""
    group: Any = ""
    icon: str = "checkup-list"
    bulk: bool = False
    return_reasons: tuple[Any, ...] = ()
    beneficiary: Callable[[Any], User | None] = lambda _obj: None
    last_editor: Callable[[Any], User | None] = lambda _obj: None
    url: Callable[[Any], str] = lambda _obj: ""
    on_approved: Effect = nothing_follows
    on_returned: Effect = nothing_follows
    on_rejected: Effect = nothing_follows
    on_withdrawn: Effect = nothing_follows
    on_voided: Effect = nothing_follows

    @property
    def model_class(self) -> type[Model]:
        return apps.get_model(self.model) if isinstance(self.model, str) else self.model

    def load(self, object_id: str) -> Any:
        """Return the object; raises the model's DoesNotExist when it is gone."""
        return self.model_class._default_manager.get(pk=object_id)  # noqa: SLF001 -- Django's documented API


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> Subject:
    """Register a subject; a second one with the same key is a mistake."""
    if subject.key in _subjects and _subjects[subject.key] is not subject:
        raise ValueError(f"approval subject {subject.key} is registered twice")
    _subjects[subject.key] = subject
    return subject


def subject_of(key: str) -> Subject:
    """Return the subject; KeyError for an unknown key."""
    return _subjects[key]


def all_subjects() -> dict[str, Subject]:
    """Return a copy: key → subject."""
    return dict(_subjects)


# --- Substitutes: the room `kam.people` stands above and says who acts for whom ---------------------------------------

SubstitutesProvider = Callable[[date], list[tuple[int, int]]]


def _nobody(_day: date) -> list[tuple[int, int]]:
    return []


_provider: list[SubstitutesProvider] = [_nobody]


def register_substitutes(provider: SubstitutesProvider) -> None:
    """Take `provider(day) -> [(absent id, substitute id)]`; the last one registered counts."""
    _provider[0] = provider


def substitutes_on(day: date) -> list[tuple[int, int]]:
    """Return who acts for whom on `day`."""
    return shared(("substitutes", day), lambda: _provider[0](day))


def current_provider() -> SubstitutesProvider:
    return _provider[0]
