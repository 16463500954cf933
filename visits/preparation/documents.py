"""Papers of the preparation: the sheet of one meeting, the five self-questions as a wallet card and as a poster (S-061)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from kam.pdf.services import Sheet
from visits.plans.models import PlanLine
from visits.preparation import selectors
from visits.preparation.labels import GROUPS, QUESTIONS
from visits.preparation.models import PreparationSheet
from visits.preparation.terms import SelfQuestion

#: Paper by form: the card is cut out, the poster hangs on the wall.
PAPER = {"card": "A6", "poster": "A2"}


@dataclass(frozen=True, slots=True)
class PreparationDocument:
    """Everything the sheet of one meeting shows."""

    unit: str
    day: date
    time: str
    who: str
    purpose: str
    meetings: list[selectors.Meeting]
    flags: list[Any]
    outline: list[str]
    groups: list[selectors.Group]
    homework: str
    next_questions: list[str]


def preparation_sheet(line: PlanLine, *, language: str) -> Sheet:
    """Return the sheet of one meeting."""
    if line.unit is None:
        raise ValueError("only lines with a unit are prepared")
    with override(language):
        file = selectors.file_of(line.unit)
        saved = PreparationSheet.objects.filter(line=line).prefetch_related("answers").first()
        document = PreparationDocument(
            unit=line.unit.name,
            day=line.day,
            time=f"{line.start:%H:%M}–{line.end:%H:%M}",
            who=line.plan.user.name,
            purpose=line.purpose,
            meetings=[m for m in selectors.meetings(file, line) if m.is_wanted]
            or selectors.meetings(file, line),
            flags=file.flags,
            outline=line.outline,
            groups=selectors.groups(file, line, saved),
            homework=saved.homework if saved else "",
            next_questions=saved.next_questions.splitlines() if saved else [],
        )
        return Sheet(
            template="preparation",
            context={"doc": document},
            title=_("Preparation of a visit"),
            number=f"PREP-{line.pk}",
            kind="preparation",
            language=language,
        )


def five_questions_sheet(form: str, *, language: str) -> Sheet:
    """Return the five self-questions for the wallet (`card`) or the wall (`poster`)."""
    with override(language):
        return Sheet(
            template="five_questions",
            context={
                "form": form,
                "groups": [
                    (
                        number,
                        str(words),
                        [(q.value, str(QUESTIONS[q])) for q in SelfQuestion if q.group == number],
                    )
                    for number, words in GROUPS.items()
                ],
            },
            title=_("Five questions to ask yourself"),
            number=f"FIVE-{form.upper()}",
            kind="five_questions",
            language=language,
            size=PAPER[form],
        )
