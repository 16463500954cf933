"""The demo's reports: what the department looks at, one of them sent every Monday."""

from datetime import timedelta

from django.http import QueryDict

from kam.demo.story import Story
from kpi.reports.registry import source_called
from kpi.reports.selectors import Asked
from kpi.reports.services import Timing, save_report, schedule_report
from kpi.reports.terms import Rhythm, Sharing

_KEPT = (
    ("director", "各人每月拜访", "visits", "rows=visitor&columns=month&figure=held&span=months_12"),
    ("director", "各等级单位所处阶段", "units", "rows=phase&columns=tier"),
    ("director", "各活动每月签约额", "deals", "rows=campaign&columns=month&figure=amount&span=months_12"),
    ("finance", "各预算每月支出", "money", "rows=budget&columns=month&figure=spent&span=this_year"),
    ("manager1", "联系人态度分布", "persons", "rows=attitude&columns=owner"),
)


def play_reports(story: Story) -> None:
    """Keep a few reports, share the director's, send the first one every Monday."""
    with story.at(story.today - timedelta(days=3), 15):
        for number, (who, name, key, query) in enumerate(_KEPT):
            source = source_called(key)
            if source is None:
                continue
            user = story.users[who]
            sharing = Sharing.NOBODY if who == "manager1" else Sharing.EVERYBODY
            asked = Asked(source, user, QueryDict(query))
            report = save_report(asked, name=name, sharing=sharing, team=None, by=user)
            if number == 0:
                to = [story.users[one] for one in ("director", "manager1", "clerk")]
                schedule_report(report, Timing(Rhythm.WEEKLY), to=to, by=user)
