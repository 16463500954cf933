"""How a mail that was not taken is tried again: growing pauses with jitter, dead after the last. See docs/domain/digests.md."""

from datetime import timedelta

#: Attempts before a message is dead and shown to the administrator.
MAX_ATTEMPTS = 10
LONGEST_PAUSE = timedelta(minutes=60)
#: A fifth to either side, so that a thousand mails do not come back in the same second.
JITTER = 0.2
#: A worker lives at most 180 s; what is still `sending` after this was left by one that died.
UNSURE_AFTER = timedelta(minutes=5)


def pause_after(attempts: int, dice: float) -> timedelta:
    """Return the pause after the given number of failed attempts; `dice` is a random number from 0 to 1."""
    pause = min(timedelta(minutes=2 ** min(max(attempts - 1, 0), 10)), LONGEST_PAUSE)
    return pause * (1 + JITTER * (2 * dice - 1))
