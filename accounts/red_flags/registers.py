"""What red flags give to the frames: thresholds, names of acts, periodic work, panels."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.red_flags import services
from accounts.red_flags.selectors import CHANGED, NEW_FACE, NO_CONTACT, WRITTEN
from kam.audit.registry import register_act
from kam.jobs.registry import periodic
from kam.settings_rows.registry import define

_GROUP = _("Red flags")
_DAYS = _("days")

register_act("accounts.flag.acknowledged", _("Red flag accepted"))

define(NEW_FACE, 30, label=_("How long a person counts as a new face"), unit=_DAYS, group=_GROUP)
define(
    CHANGED,
    30,
    label=_("How long a change of post or purchasing power counts as new"),
    unit=_DAYS,
    group=_GROUP,
)
define(WRITTEN, 30, label=_("Longest time without written communication"), unit=_DAYS, group=_GROUP)
define(NO_CONTACT["A"], 7, label=_("Longest time without contact, tier A"), unit=_DAYS, group=_GROUP)
define(NO_CONTACT["B"], 14, label=_("Longest time without contact, tier B"), unit=_DAYS, group=_GROUP)
define(NO_CONTACT["C"], 30, label=_("Longest time without contact, tier C"), unit=_DAYS, group=_GROUP)
define(NO_CONTACT["D"], 60, label=_("Longest time without contact, tier D"), unit=_DAYS, group=_GROUP)

periodic(
    "accounts.red_flags.dirty",
    every=timedelta(minutes=1),
    run=services.recompute_dirty,
    label=_("Red flags of units that changed"),
)
periodic(
    "accounts.red_flags.daily",
    every="daily 00:10",
    run=services.mark_all_dirty,
    label=_("Red flags that time raises"),
)
