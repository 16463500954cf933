"""Rules that changed: a setting approved two months ago, and a longer way for equipment that waits for the director today."""

from typing import Any

from kam.approvals import services as approvals
from kam.approvals.models import Request
from kam.approvals.rule_changes import services
from kam.core.clock import business_date
from kam.demo.story import Story
from kam.users.models import User

_LINK = {"key": "approval_link_days", "value": "5"}
_EQUIPMENT = {
    "subject": "equipment",
    "steps": [{"by": ["manager"]}, {"by": ["director"], "amount_over": "500"}],
}


def play_rule_changes(story: Story) -> None:
    """The administrator drafts, the director confirms, the marketing director approves; the second draft is under way."""
    admin, director, marketing = (story.users[name] for name in ("admin", "director", "marketing"))
    with story.at(story.day(-62), 10):
        first = _submit(admin, "setting", _LINK, "审批邮件链接：5 天", "邮件常在出差手机上打开，五天足够。")
    with story.at(story.day(-61), 9):
        first = approvals.approve(first, by=director, version=first.version, reason="同意")
    with story.at(story.day(-61), 15):
        approvals.approve(first, by=marketing, version=first.version)
    with story.at(story.day(-1), 15):
        _submit(admin, "route", _EQUIPMENT, "设备申请：500 元以上报总监", "单价高的设备由总监把关。")


def _submit(by: User, kind: str, payload: dict[str, Any], title: str, reason: str) -> Request:
    """Draft, look at the preview, submit: the same three steps as in Django admin."""
    day = business_date()
    change = services.draft_rule_change(
        kind, payload=payload, title=title, valid_from=day, reason=reason, by=by
    )
    change = services.note_preview(change, by=by)
    return services.submit_rule_change(change, by=by, version=change.version)
