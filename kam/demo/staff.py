"""The personnel part of the demo: the job sheets of the book in force, a new version on its way; proposals about people."""

from datetime import timedelta

from kam.demo.routes import approve_all
from kam.demo.story import Story
from kam.job_sheets.selectors import texts_of
from kam.job_sheets.services import begin_version, hand_in, write_text
from kam.job_sheets.terms import DEPARTMENT
from kam.personnel.models import Proposal
from kam.personnel.services import comment_once, draft_proposal
from kam.personnel.services import hand_in as hand_in_proposal
from kam.personnel.terms import Fault, Kind
from kam.users.terms import Position


def play_job_sheets(story: Story) -> None:
    """Director prepared, HR reviewed, the general manager approved; the specialists' second version waits for HR."""
    director = story.users["director"]
    subjects = (DEPARTMENT, Position.DIRECTOR, Position.MANAGER, Position.SPECIALIST, Position.CLERK)
    for place, subject in enumerate(subjects):
        day = story.day(-320 + place)
        with story.at(day, 10):
            request = hand_in(begin_version(subject, by=director), by=director)
        approve_all(story, request, day + timedelta(days=2), 9)
    with story.at(story.day(-1), 15):
        sheet = begin_version(Position.SPECIALIST, by=director)
        told = dict(texts_of(sheet)["zh-hans"])
        told["duties"] += "\n当日拜访当日填报，承诺事项在期限内落实"
        write_text(sheet, "zh-hans", told, note="补充当日填报的要求", by=director, version=sheet.version)
        hand_in(sheet, by=director)


def play_proposals(story: Story) -> None:
    """One sanction agreed to and commented, a hiring that waits for HR or the general manager."""
    director, person = story.users["director"], story.users["specialist6"]
    day = story.day(-40)
    with story.at(day, 11):
        told = {
            "person": person,
            "fault": Fault.NEGLIGENCE,
            "happened_on": day - timedelta(days=3),
            "what": "答应客户次日送达的资料拖延五天，客户两次来电催问，影响合作关系。",
            "evidence": "客户来电记录两次；部门会议记录。",
            "proposal": "口头警告，并由组长陪同登门致歉。",
        }
        request = hand_in_proposal(draft_proposal(Kind.SANCTION, told, by=director), by=director)
    approve_all(story, request, day + timedelta(days=2), 9)
    with story.at(day + timedelta(days=3), 9):
        comment_once(
            Proposal.objects.get(pk=request.object_id), "情况属实，已向客户致歉，今后按时落实。", by=person
        )
    with story.at(story.day(-2), 16):
        told = {
            "candidate": "林晓雯",
            "position": Position.SPECIALIST,
            "what": "第二组医药行业只有一名业务人员，编制缺一人。",
            "proposal": "建议聘任，试用期三个月。",
        }
        hand_in_proposal(draft_proposal(Kind.HIRE, told, by=director), by=director)
