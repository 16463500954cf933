"""The personnel part of the demo: the job sheets of the book in force, a new version on its way."""

from datetime import date, timedelta

from kam.approvals import services as approvals
from kam.approvals.models import Request, Seat
from kam.approvals.selectors import pending_stage
from kam.approvals.terms import RequestState
from kam.demo.story import Story
from kam.job_sheets.selectors import texts_of
from kam.job_sheets.services import begin_version, hand_in, write_text
from kam.job_sheets.terms import DEPARTMENT
from kam.users.terms import Position


def play_job_sheets(story: Story) -> None:
    """Director prepared, HR reviewed, the general manager approved; the specialists' second version waits for HR."""
    director = story.users["director"]
    subjects = (DEPARTMENT, Position.DIRECTOR, Position.MANAGER, Position.SPECIALIST, Position.CLERK)
    for place, subject in enumerate(subjects):
        day = story.day(-320 + place)
        with story.at(day, 10):
            request = hand_in(begin_version(subject, by=director), by=director)
        decide_all(request, story, day + timedelta(days=2))
    with story.at(story.day(-1), 15):
        sheet = begin_version(Position.SPECIALIST, by=director)
        told = dict(texts_of(sheet)["zh-hans"])
        told["duties"] += "\n当日拜访当日填报，承诺事项在期限内落实"
        write_text(sheet, "zh-hans", told, note="补充当日填报的要求", by=director, version=sheet.version)
        hand_in(sheet, by=director)


def decide_all(request: Request, story: Story, day: date) -> Request:
    """Let whoever sits there approve, one step an hour."""
    hour = 9
    while request.state == RequestState.PENDING:
        seats = Seat.objects.filter(stage=pending_stage(request), ended_at__isnull=True)
        seat = seats.select_related("user").order_by("pk").first()
        if seat is None:
            break
        with story.at(day, hour):
            request = approvals.approve(request, by=seat.user, version=request.version)
        hour += 1
    return request
