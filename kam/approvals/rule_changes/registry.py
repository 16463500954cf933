"""Kinds of rules that can be changed: each room that owns rules registers how to draft, preview and apply a change of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.forms import BaseForm

from kam.users.models import User
from kam.users.terms import Position

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do, as a table: `heads` and `rows` of texts; `notes` are sentences under it."""

    heads: list[str]
    rows: list[list[str]]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class RuleKind:
    """One kind of rule.

    `form(data=…, initial=payload)` is a form whose `payload()` returns plain JSON and `title()` a line for lists.
    `preview(payload, valid_from)` computes without saving; `apply(payload, valid_from, by, note)` writes the rule and raises
    BusinessError where it cannot. `check(payload, valid_from)` raises BusinessError for what a later approval would refuse anyway.
    `subject` is the approval subject whose route it goes; `drafters` are the positions that may draft it.
    `begin(of)` returns what a draft about the row `of` begins with (`?kind=setting&of=…`).
    """

    key: str
    label: Any
    form: type[BaseForm]
    preview: Callable[[Payload, date], Preview]
    apply: Callable[[Payload, date, User, str], None]
    subject: str = "rule_change"
    drafters: frozenset[Position] = frozenset({Position.ADMINISTRATOR, Position.DIRECTOR})
    check: Callable[[Payload, date], None] = lambda _payload, _day: None
    about: Callable[[Payload], User | None] = lambda _payload: None
    kinds: Callable[[Payload], frozenset[str]] = lambda _payload: frozenset()
    begin: Callable[[str], dict[str, Any]] = lambda _of: {}


_kinds: dict[str, RuleKind] = {}


def register_rule_kind(kind: RuleKind) -> RuleKind:
    """Register a kind of rule; a second one with the same key is a mistake."""
    if kind.key in _kinds:
        raise ValueError(f"rule kind {kind.key} is registered twice")
    _kinds[kind.key] = kind
    return kind


def rule_kind(key: str) -> RuleKind:
    """Return the kind; KeyError for an unknown key."""
    return _kinds[key]


def all_rule_kinds() -> dict[str, RuleKind]:
    """Return a copy: key → kind."""
    return dict(_kinds)
