"""A training takes the time of those who take part, like a visit or a trip: nobody can be in two places."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from accounts.knowledge.models import Training
from kam.core.clock import moment
from kam.core.errors import BusinessError
from kam.notes.terms import SourceKey
from kam.users.models import User
from visits.bookings.rules import Slot
from visits.bookings.selectors import Wanted, working_windows
from visits.bookings.services import ClashError, free_sentence, take
from visits.bookings.terms import ResourceKind

SOURCE = "accounts.training"
#: So many days are searched for a time at which everybody is free.
_AHEAD = timedelta(days=6)


def book_training(training: Training, people: Sequence[User]) -> None:
    """Book everybody for the session; one that is over books nobody. A refusal names who is elsewhere, and when all are free."""
    slot = Slot(moment(training.on, training.starts_at), moment(training.on, training.ends_at))
    if slot.end <= timezone.now():
        return
    working = [person for person in people if person.is_active]
    try:
        take(
            [Wanted(ResourceKind.PERSON, person.pk, person.name) for person in working],
            slot,
            labels=[training.title] * len(working),
            source=SourceKey.of(SOURCE, training.pk, training.title),
            windows=lambda: working_windows(training.on, training.on + _AHEAD, after=timezone.now()),
        )
    except ClashError as clash:
        told = " ".join(part for part in (str(clash), free_sentence(clash.free)) if part)
        raise BusinessError(told, code="clash", field="people") from clash
