"""The demo's complaints: one severe one with its crisis, one settled, one found invalid, one waiting."""

from accounts.complaints.models import Complaint, CrisisStep
from accounts.complaints.selectors import service_tasks
from accounts.complaints.services import Received, judge_complaint, move_complaint, record_complaint
from accounts.complaints.services_crisis import finish_step, open_crisis, say_in_crisis
from accounts.complaints.services_report import Evaluation, write_report
from accounts.complaints.services_service import start_service
from accounts.complaints.terms import ComplaintKind, ComplaintState, Severity, Verdict
from accounts.contacts.terms import ContactChannel
from accounts.units.models import KeyAccount
from accounts.units.terms import UnitStatus
from kam.demo.story import Story
from kam.notes.services import complete_task
from kam.users.models import User
from kam.users.scopes import superior_of

_TEXTS = (
    (ComplaintKind.QUALITY, Severity.SEVERE, "样板房阳台渗水，三户业主联名反映，要求当天答复。"),
    (ComplaintKind.DELIVERY, Severity.OTHER, "团购礼盒比约定晚到两天。"),
    (ComplaintKind.PRICE, Severity.OTHER, "认为团购折扣与宣传单不一致。"),
    (ComplaintKind.SERVICE, Severity.OTHER, "现场接待等候超过半小时。"),
)


#: Places of those that are closed by now.
_SETTLED = (1, 2)


def play_complaints(story: Story) -> None:
    """Four complaints at the units of four colleagues; nobody judges what they handle."""
    for number, ((kind, severity, text), unit) in enumerate(zip(_TEXTS, _units(), strict=False)):
        owner = unit.owner
        judge = superior_of(owner) if owner else None
        if owner is None or judge is None:
            continue
        day = story.day(-12 if number in _SETTLED else -1)
        with story.at(day, 10, number):
            received = Received(kind, severity, text, ContactChannel.CALL, day)
            complaint = record_complaint(unit, received, owner=owner, by=owner)
        if severity is Severity.SEVERE:
            _crisis(story, complaint, owner, judge)
        elif number in _SETTLED:
            _settle(story, complaint, owner, judge, is_valid=number == 1)


def _units() -> list[KeyAccount]:
    """Return one unit a person, those we work with first, so that the complaints spread over both groups."""
    found: dict[int, KeyAccount] = {}
    rows = KeyAccount.objects.filter(owner__isnull=False).select_related("owner").order_by("pk")
    for unit in sorted(rows[:300], key=lambda unit: unit.status != UnitStatus.COOPERATING):
        if unit.owner_id is not None:
            found.setdefault(unit.owner_id, unit)
    return list(found.values())[: len(_TEXTS)]


def _crisis(story: Story, complaint: Complaint, owner: User, leader: User) -> None:
    with story.at(story.day(-1), 11):
        finding = "已到现场查看，防水层施工有缺陷。"
        move_complaint(complaint, ComplaintState.INVESTIGATING, text=finding, by=owner)
    with story.at(story.day(-1), 12):
        crisis = open_crisis(complaint, leader=leader, by=leader)
        said = "已向业主说明原因，维修今日开工，三日内完成并免费复检。"
        say_in_crisis(crisis, said, audience="三户业主", by=leader)
    first = CrisisStep.objects.filter(crisis=crisis).first()
    if first is not None:
        with story.at(story.day(-1), 13):
            finish_step(first, note="已到场并拍照存档", by=leader)


def _settle(story: Story, complaint: Complaint, owner: User, judge: User, *, is_valid: bool) -> None:
    from_day = story.day(-11)
    with story.at(from_day, 9):
        row = move_complaint(complaint, ComplaintState.INVESTIGATING, text="已与物流核对。", by=owner)
    with story.at(from_day, 10):
        verdict = Verdict.VALID if is_valid else Verdict.INVALID
        reason = "物流确实延误" if is_valid else "宣传单写明折扣以认购书为准"
        row = judge_complaint(row, verdict, reason=reason, by=judge)
    with story.at(story.day(-9), 15):
        if is_valid:
            row = move_complaint(row, ComplaintState.AGREED, text="补发礼盒并致歉。", by=owner)
            row = move_complaint(row, ComplaintState.RESOLVED, text="礼盒已补发，客户当面签收。", by=owner)
            start_service(row.unit, f"投诉 {row.number}", assignee=owner, by=owner, complaint=row)
        row = move_complaint(row, ComplaintState.CLOSED, by=owner)
        if is_valid:
            told = Evaluation(4, "决策人：满意；使用人：希望提前通知送货时间。", "送货时间", "年底礼盒")
            write_report(row.unit, (story.day(-90), story.day(-10)), told, by=owner)
    for task in service_tasks(row.unit):
        if task.due_on is not None and task.due_on < story.today:
            with story.at(task.due_on, 16):
                complete_task(task, by=owner)
