"""What a visit leaves in the unit's contacts."""

from collections.abc import Sequence

from accounts.contacts.services import record_contact
from accounts.contacts.terms import ContactChannel
from accounts.persons.models import Person
from kam.core.house import house_words, in_house_words
from kam.notes.terms import SourceKey
from kam.users.models import User
from visits.plans.terms import VisitMode
from visits.visits.models import OUTCOME_LABELS, Visit
from visits.visits.terms import Outcome

CHANNELS = {
    VisitMode.PHONE: ContactChannel.CALL,
    VisitMode.WRITTEN: ContactChannel.LETTER,
    VisitMode.BRIEFING: ContactChannel.EVENT,
    VisitMode.TRAINING: ContactChannel.EVENT,
}


def label_of(visit: Visit) -> str:
    """Return what a visit is called where others name it as their source."""
    with house_words():
        return f"{visit.get_kind_display()} {visit.on.isoformat()}"


def source_of(visit: Visit) -> SourceKey:
    """Return the key under which contacts, tasks and observations name this visit."""
    return SourceKey.of("visit", visit.pk, label_of(visit))


def write_contact(
    visit: Visit, persons: Sequence[Person], *, outline_used: bool, by: User, approved: bool = False
) -> None:
    """Write the visit into the unit's contacts, or correct what it wrote there before."""
    mode = VisitMode(visit.mode)
    record_contact(
        visit.unit,
        on=visit.on,
        at=visit.started_at,
        channel=CHANNELS.get(mode, ContactChannel.VISIT),
        persons=list(persons),
        by=by,
        text=visit.summary,
        outcome=in_house_words(OUTCOME_LABELS[Outcome(visit.outcome)]),
        source=source_of(visit),
        met=visit.is_held,
        written=mode is VisitMode.WRITTEN,
        called=mode is VisitMode.PHONE,
        outline_used=outline_used,
        approved=approved,
    )
