"""What red flags give to the frames: thresholds, names of acts, periodic work, panels."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.red_flags import (
    services,
    tables,  # noqa: F401 -- workers write its files
)
from accounts.red_flags.demo import play_red_flags, play_turns
from accounts.red_flags.models import RedFlag
from accounts.red_flags.permissions import can_see_flags
from accounts.red_flags.selectors import (
    CHANGED,
    CONTRACT,
    NEW_FACE,
    NO_CONTACT,
    WRITTEN,
    flags_asked,
    panel_of,
    standing_of,
)
from accounts.red_flags.terms import FlagState
from accounts.units.models import KeyAccount
from accounts.units.registry import (
    HeadFact,
    Panel,
    register_beside_rows,
    register_head_fact,
    register_panel,
    register_reading,
)
from kam.audit.registry import register_act
from kam.core.prepared import blank
from kam.demo.registry import register_part
from kam.jobs.registry import periodic
from kam.search.registry import register_page
from kam.settings_rows.registry import define
from kam.users.models import User
from kam.users.scopes import Reach, stand_in

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
define(
    CONTRACT,
    90,
    label=_("How long before its end a competitor’s contract is told"),
    unit=_DAYS,
    group=_GROUP,
)
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


def _panel(unit: KeyAccount, user: User) -> dict[str, Any]:
    check = services.refresh(unit)
    return panel_of(unit, user, check=check)


def _head(unit: KeyAccount, _user: User) -> HeadFact:
    since = sorted(flag.since_on for flag in standing_of(unit) if flag.state == FlagState.OPEN)
    hint = _("oldest since %(day)s") % {"day": date_format(since[0], "SHORT_DATE_FORMAT")} if since else ""
    tone = "c-danger" if since else "c-good"
    return HeadFact(_("Red flags"), str(len(since)), hint=str(hint), url="#flags", tone=tone)


def _counted(reach: Reach) -> QuerySet[RedFlag, Any]:
    rows = RedFlag.objects.visible_to(stand_in(reach)).open().filter(unit__any_of=blank("units")).order_by()
    return rows.values("unit").annotate(value=Cast(Count("pk"), TextField()))


register_beside_rows("flags", _counted, int)
register_panel(Panel("flags", _("Red flags"), 10, "accounts/red_flags/_card.html", _panel, place="overview"))
register_head_fact("flags", 20, _head)
register_reading("flags", lambda unit, _user: flags_asked(unit))
register_part(80, "turns", play_turns)
register_part(95, "red flags", play_red_flags)

register_page(
    "accounts.flags", _("Red flags"), "/accounts/flags/", icon="flag", visible=can_see_flags, order=10
)
