"""Findings as sentences: a label, what was found or what to do, and where to do it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.development.labels import CHECK_LABELS, FOUND, LINKS, LIST_LABELS, MISSING, UNASKED
from accounts.development.rules.checks import Finding
from accounts.development.terms import Answer
from accounts.roles.labels import SEAT_LABELS
from accounts.roles.terms import Seat
from kam.core.days import say_day
from kam.core.sentences import listed

#: A text somebody wrote is told up to here.
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Sentence:
    """A finding as a page shows it; `action` and `url` lead to where it can be done."""

    check: str
    label: Any
    text: str
    answer: Answer
    action: Any = ""
    url: str = ""

    @property
    def is_met(self) -> bool:
        return self.answer is Answer.MET

    @property
    def is_missing(self) -> bool:
        return self.answer is Answer.MISSING


def sentence(finding: Finding, unit_id: int) -> Sentence:
    """Return what is said of a finding at a unit, in the reader's language."""
    if finding.answer is Answer.UNASKED:
        return Sentence(finding.check, CHECK_LABELS[finding.check], str(UNASKED), finding.answer)
    pattern = (FOUND if finding.is_met else MISSING)[finding.check]
    text = str(pattern) % {name: _word(value) for name, value in finding.words.items()}
    action, url = LINKS.get(finding.check, ("", ""))
    leads = not finding.is_met and bool(url)
    return Sentence(
        finding.check,
        CHECK_LABELS[finding.check],
        text,
        finding.answer,
        action if leads else "",
        url % {"pk": unit_id} if leads else "",
    )


def sentences(findings: Iterable[Finding], unit_id: int) -> list[Sentence]:
    return [sentence(finding, unit_id) for finding in findings]


def _word(value: Any) -> str:
    if isinstance(value, date):
        return say_day(value)
    if isinstance(value, tuple | list):
        return listed(_name(item) for item in value) or "–"
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _name(item: Any) -> str:
    if isinstance(item, Seat):
        return str(SEAT_LABELS[item])
    labels: Mapping[str, Any] = LIST_LABELS
    return str(labels.get(item, item))
