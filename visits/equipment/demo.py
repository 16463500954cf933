"""The demo's equipment: a camera that is out and overdue, a recorder given back, a computer asked for."""

from kam.approvals.selectors import request_for
from kam.demo.routes import approve_all
from kam.demo.story import Story
from visits.bookings.services import add_resource
from visits.bookings.terms import ResourceKind
from visits.equipment import services

#: What, who, days ago, for how many days, purpose, how far it goes.
_STORIES = (
    ("录音笔", "specialist3", 20, 4, "客户座谈会录音", "back"),
    ("数码相机", "specialist2", 8, 5, "拍摄样板房与说明会现场", "out"),
    ("笔记本电脑", "specialist4", 1, 6, "产品说明会演示", "pending"),
)


def play_equipment(story: Story) -> None:
    """Each loan as far as it goes."""
    clerk = story.users.get("clerk")
    if clerk is None:
        return
    for name, who, ago, days, purpose, end in _STORIES:
        person = story.users.get(who)
        if person is None:
            continue
        with story.at(story.day(-ago), 9):
            thing = add_resource(ResourceKind.EQUIPMENT, name, by=clerk, remark="在内勤处领取")
            first = story.day(-ago)
            loan = services.ask_loan(thing, purpose, first, story.day(days - ago - 1), by=person)
        if end == "pending":
            continue
        approve_all(story, request_for(services.SUBJECT, loan), story.day(-ago), 10)
        with story.at(story.day(-ago), 14):
            services.hand_out(loan, by=clerk)
        if end == "back":
            with story.at(story.day(days - ago - 1), 17):
                services.take_back(loan, condition="完好", by=clerk)
