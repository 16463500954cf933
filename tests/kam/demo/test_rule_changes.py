"""The demo's rule changes: one in force, one waiting for the director."""

from datetime import date

import pytest

from kam.approvals.models import Request
from kam.approvals.rule_changes.models import RuleChange
from kam.demo.approvals import play_rule_changes
from kam.demo.cast import play_people
from kam.demo.story import Size, Story
from kam.settings_rows.selectors import int_setting

pytestmark = pytest.mark.django_db


def test_one_is_in_force_and_one_waits_for_the_director():
    story = Story(Size.SMALL, 1, date(2026, 11, 21))
    play_people(story)
    play_rule_changes(story)
    assert int_setting("approval_link_days", on=date(2026, 11, 21)) == 5
    assert list(RuleChange.objects.order_by("pk").values_list("state", flat=True)) == ["in_force", "pending"]
    waiting = Request.objects.waiting_for(story.users["director"])
    assert [request.label for request in waiting] == ["设备申请：500 元以上报总监"]
