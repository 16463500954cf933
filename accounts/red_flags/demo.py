"""The demo's dangers: computed from what the other parts left, and two that somebody accepted with good reason."""

from accounts.red_flags.models import RedFlag
from accounts.red_flags.services import acknowledge, mark_all_dirty, recompute_dirty
from accounts.red_flags.terms import FlagKind
from kam.demo.story import Story

_ACCEPTED = (
    (FlagKind.NO_INSIDER, "单位只有三个人管采购，都直接跟我们谈，暂不发展内线。"),
    (FlagKind.SINGLE_THREAD, "对方指定由办公室统一对接，下月年会再认识其他人。"),
)


def play_red_flags(story: Story) -> None:
    """Compute every unit's flags as of today, then accept one of each kind above."""
    with story.at(story.today, 8, 0):
        mark_all_dirty()
        recompute_dirty(seconds=600)
        for kind, comment in _ACCEPTED:
            flag = (
                RedFlag.objects.open()
                .filter(kind=kind, unit__owner__isnull=False)
                .select_related("unit__owner")
                .order_by("since_on", "id")
                .first()
            )
            if flag is not None and flag.unit.owner is not None:
                acknowledge(flag, by=flag.unit.owner, comment=comment, version=flag.version)
