"""The first days of a department: what an administrator has still to set up. Gone once everything is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kam.core.setup import SetupStep, setup_steps
from kam.users.models import User


@dataclass(frozen=True, slots=True)
class SetupList:
    """The steps with whether they are done; the first open one is what to do now."""

    steps: Sequence[tuple[SetupStep, bool]]

    @property
    def done(self) -> int:
        return sum(is_done for _step, is_done in self.steps)

    @property
    def next_key(self) -> str:
        return next((step.key for step, is_done in self.steps if not is_done), "")


def collect_setup(users: Sequence[User], _day: date) -> Mapping[int, SetupList]:
    """Return the list for administrators while something is open."""
    told = SetupList(setup_steps())
    return {user.pk: told for user in users} if told.next_key else {}


def setup_in_words(data: SetupList) -> str:
    return _("%(done)d of %(all)d steps done") % {"done": data.done, "all": len(data.steps)}


def text_of_setup(data: SetupList) -> str:
    return "\n".join(str(step.label) for step, is_done in data.steps if not is_done)
