"""What follows a unit to its next owner, whatever way it goes: asked for, given, taken back, handed over, into the pool and out of it."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.units.models import KeyAccount
from accounts.units.registry import all_that_goes_along
from accounts.units.selectors_along import said_together
from kam.outbox.services import notify
from kam.users.models import User

KIND = "accounts.owner"


def take_along(unit: KeyAccount, former: User | None, *, by: User | None) -> None:
    """Move what hangs on who owns the unit (locked and written, in the transaction of that), and tell whoever has less now, and the new owner what came."""
    gone: dict[User, Counter[str]] = {}
    came: Counter[str] = Counter()
    for things in all_that_goes_along():
        for went in things.move(unit, former, by):
            gone.setdefault(went.frm, Counter())[things.key] += 1
            if went.to is not None and went.to.pk == unit.owner_id:
                came[things.key] += 1
    for person in sorted(gone, key=lambda user: user.pk):
        _tell(unit, person, gone[person])
    if unit.owner is not None and came:
        _tell(unit, unit.owner, came)


def reclaim(unit: KeyAccount, other: KeyAccount, *, by: User) -> None:
    """Give `unit` what was made anew at `other` while both were one file, in the transaction that parts them."""
    for things in all_that_goes_along():
        things.reclaim(unit, other, by)


def _tell(unit: KeyAccount, to: User, counts: Counter[str]) -> None:
    with override(to.language):
        facts = {"unit": unit.name, "what": said_together(counts)}
        if unit.owner is None:
            text = _("%(unit)s is in the pool now. No longer with you: %(what)s.") % facts
        elif unit.owner_id == to.pk:
            text = _("%(unit)s is yours now. With you are: %(what)s.") % facts
        else:
            facts["name"] = unit.owner.name
            text = _("%(unit)s belongs to %(name)s now. No longer with you: %(what)s.") % facts
    url = unit.get_absolute_url() if unit.owner_id == to.pk else ""
    notify(key=f"owner:{unit.pk}:{unit.version}:{to.pk}", to=to, kind=KIND, text=text, url=url)
