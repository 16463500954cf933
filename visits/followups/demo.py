"""Evening forms of the days with visits; some are late, today's are still open."""

from datetime import date, timedelta

from kam.demo.story import Story
from kam.users.models import User
from kam.users.terms import Position
from visits.followups.selectors import touched_units
from visits.followups.services import DayEntry, RowEntry, file_followup
from visits.visits.models import Visit

_INTENTIONS = ("low", "medium", "medium", "high")
_HELP = ("要一台车送会员看房", "请补 30 份户型单张", "请经理一起拜访会长")


def play_followups(story: Story) -> None:
    """Hand in a form for each person and day with a visit in the last six weeks, today's left out."""
    clerk = next(user for user in story.users.values() if user.position == Position.CLERK)
    days = (
        Visit.objects.filter(on__gte=story.day(-42), on__lt=story.today)
        .order_by("on", "user__staff_number")
        .values_list("on", "user")
        .distinct()
    )
    people = {user.pk: user for user in story.users.values()}
    for day, user_id in days:
        if story.random.random() < 0.08:
            continue
        late = story.random.random() < 0.1
        with story.at(day + timedelta(days=1) if late else day, 9 if late else 17, 10):
            file_followup(day, _entry(story, people[user_id], clerk, day), by=people[user_id])


def _entry(story: Story, user: User, clerk: User, day: date) -> DayEntry:
    rows = []
    for touched in touched_units(user, day):
        asks = story.random.random() < 0.1
        rows.append(
            RowEntry(
                unit=touched.unit,
                done="\n".join(touched.done)[:1900] or "联系",
                problems="\n".join(touched.problems)[:1900],
                result=touched.result,
                intention=story.random.choice(_INTENTIONS),
                help_wanted=story.random.choice(_HELP) if asks else "",
                help_from=clerk if asks else None,
            )
        )
    return DayEntry(summary="按计划拜访", tomorrow="上午打电话预约，下午拜访两家", rows=rows)
