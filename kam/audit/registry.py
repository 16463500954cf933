"""The names of all acts. An act that is not registered is refused, so a typo fails in the first test."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

_acts: dict[str, Any] = {}


def register_act(name: str, label: Any) -> str:
    """Register an act `app.noun.verbed` with its (lazily translated) label and return the name."""
    if name in _acts and str(_acts[name]) != str(label):
        raise ValueError(f"act {name} is registered twice")
    _acts[name] = label
    return name


def label_of(name: str) -> str:
    """Return the label of an act, or its name when its room is gone."""
    return str(_acts.get(name, name))


def is_registered(name: str) -> bool:
    return name in _acts


def all_acts() -> dict[str, Any]:
    """Return a copy: name → label."""
    return dict(_acts)


# --- Who acts where nobody does -----------------------------------------------------------------------------------------

SYSTEM = "system: "
_systems: dict[str, Any] = {}


def register_system(name: str, label: Any) -> None:
    """Say what work of the machine (`system(name)`) is called; a name that ends in a dot stands for all that begin so."""
    _systems[name] = label


def actor_of(kept: str) -> str:
    """Return an actor as people call them: a person's name as it was kept, the machine with the work it did."""
    if not kept.startswith(SYSTEM):
        return str(_("KAM itself")) if kept == SYSTEM.strip(": ") else kept
    name = kept.removeprefix(SYSTEM)
    label = _systems.get(name) or _systems.get(f"{name.partition('.')[0]}.")
    return str(_("KAM itself: %(work)s") % {"work": label}) if label else str(_("KAM itself"))


# --- Who may read personal values in a history ------------------------------------------------------------------------

PersonalRule = Callable[[Any, Any], bool]

_personal_rules: dict[str, PersonalRule] = {}


def register_personal_rule(object_type: str, rule: PersonalRule) -> None:
    """Let `rule(user, obj)` open personal values in the history of one model ("accounts.person"); without a rule they stay masked."""
    _personal_rules[object_type] = rule


def may_see_personal(object_type: str, user: Any, obj: Any) -> bool:
    """Say whether `user` reads personal values in the history of `obj`; no rule means no."""
    rule = _personal_rules.get(object_type)
    return rule is not None and rule(user, obj)
