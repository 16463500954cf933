"""What KAM can already say to the five self-questions: a judgement from the facts, never an answer in the person's name.

Good: nothing to worry about. Care: think about it. Danger: a mine. Open: KAM knows nothing. docs/domain/planning.md, S-059.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from visits.preparation.terms import Judgement, SelfQuestion

#: Fewer than this many people who decide is a number nobody can be sure of: nobody named.
ENOUGH_INSIDERS = 1


@dataclass(frozen=True, slots=True)
class Known:
    """What is on file about the unit, counted."""

    insiders: int = 0
    candidates: int = 0
    empty_seats: int = 0
    assumed_seats: int = 0
    never_interviewed: int = 0
    power_changes: int = 0
    has_power_value: bool = False
    new_faces: int = 0
    new_faces_unassessed: int = 0
    people_gone: int = 0
    deciders_confirmed: int = 0
    deciders_assumed: int = 0
    deciders_unclear: bool = False
    questions: int = 0
    asked_last_time: bool | None = None
    written_recently: bool = False


def judge(known: Known) -> dict[SelfQuestion, Judgement]:
    """Return the judgement of each question."""
    good, care, danger = Judgement.GOOD, Judgement.CARE, Judgement.DANGER
    found: Mapping[SelfQuestion, Judgement] = {
        SelfQuestion.INSIDER_CULTIVATED: _of(known.insiders >= ENOUGH_INSIDERS, bool(known.candidates)),
        SelfQuestion.INSIDER_PLAN: _of(known.insiders >= ENOUGH_INSIDERS, bool(known.candidates)),
        SelfQuestion.BUYERS_CLEAR: danger if known.empty_seats else care if known.assumed_seats else good,
        SelfQuestion.NOT_INTERVIEWED: danger if known.never_interviewed else good,
        SelfQuestion.MORE_INFORMATION: care if known.empty_seats or known.assumed_seats else good,
        SelfQuestion.POWER_CHANGED: _changed(known),
        SelfQuestion.NEW_FACES: danger if known.new_faces_unassessed else care if known.new_faces else good,
        SelfQuestion.REORGANISED: care if known.people_gone else good,
        SelfQuestion.DECIDERS_CERTAIN: _of(
            bool(known.deciders_confirmed) and not (known.deciders_assumed or known.deciders_unclear),
            bool(known.deciders_confirmed or known.deciders_assumed),
        ),
        SelfQuestion.OUTLINE: _outline(known),
        SelfQuestion.WRITTEN: good if known.written_recently else care,
    }
    return dict(found)


def _of(is_good: bool, is_half: bool) -> Judgement:
    if is_good:
        return Judgement.GOOD
    return Judgement.CARE if is_half else Judgement.DANGER


def _changed(known: Known) -> Judgement:
    if known.power_changes:
        return Judgement.DANGER
    return Judgement.GOOD if known.has_power_value else Judgement.OPEN


def _outline(known: Known) -> Judgement:
    if not known.questions:
        return Judgement.DANGER
    return Judgement.CARE if known.asked_last_time is False else Judgement.GOOD


def merged_outline(existing: str, more: list[str]) -> str:
    """Return the outline with the questions of `more` that are not in it yet, one a line."""
    lines = [line.strip() for line in existing.splitlines() if line.strip()]
    return "\n".join([*lines, *(q for q in dict.fromkeys(more) if q not in lines)])
