"""Every figure of KPI by name: what it counts, in which unit, and the one statement that returns the facts behind it.

A fact is (person, team, day, amount, label, ref): whose it is, when, how much, in words, and what it came from ("deal:7").
The statement is read between `%(first)s` and `%(last)s`; the figure is always the sum of its facts, so what is shown when
somebody opens a figure adds up to it by construction. docs/howto/add_a_measure.md tells how to add one.
"""

from dataclasses import dataclass
from typing import Any

from kpi.measures.terms import Group, Over, Unit


@dataclass(frozen=True, slots=True)
class Measure:
    """A named aggregate. `facts` selects person, day, amount, label, ref – and team, where `has_team`; else the team of the day is looked up."""

    key: str
    label: Any
    says: Any
    unit: Unit
    over: Over
    group: Group
    facts: str
    has_team: bool = False
    assumption: bool = False


_measures: dict[str, Measure] = {}
_links: dict[str, str] = {}


def register_measure(measure: Measure) -> Measure:
    """Register a measure; a second one with the same key is a mistake."""
    if measure.key in _measures:
        raise ValueError(f"measure {measure.key} is registered twice")
    _measures[measure.key] = measure
    return measure


def register_link(kind: str, address: str) -> None:
    """Say where facts of a kind are opened: `register_link("deal", "/deals/{}/")`."""
    _links[kind] = address


def link_to(ref: str) -> str:
    """Return where a fact is opened, or an empty text."""
    kind, _colon, pk = ref.partition(":")
    return _links[kind].format(pk) if kind in _links and pk else ""


def measure(key: str) -> Measure:
    """Return the measure; KeyError for an unknown key."""
    return _measures[key]


def all_measures() -> dict[str, Measure]:
    """Return a copy: key → measure, by group."""
    order = list(Group)
    return dict(sorted(_measures.items(), key=lambda pair: (order.index(pair[1].group), pair[0])))
