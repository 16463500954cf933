"""What a card lists under its labels is text. No database."""

from types import SimpleNamespace
from typing import Any, cast

from kam.approvals.cards import _others
from kam.approvals.registry import Subject


def test_a_list_reads_as_text_and_what_is_empty_not_at_all():
    subject = cast(Subject, SimpleNamespace(labels={"goals": "Stage goals"}))
    content: dict[str, Any] = {"goals": ["ten sets", "two lectures"], "title": "x", "note": "", "rows": []}
    assert _others(subject, content) == [("Stage goals", "ten sets; two lectures")]
    assert _others(None, {"goals": "one"}) == [("goals", "one")]


def test_what_is_kept_to_see_changes_by_does_not_stand_on_the_card_as_a_code():
    subject = cast(Subject, SimpleNamespace(labels={"goals": "Stage goals"}))
    content: dict[str, Any] = {"goals": "one", "person": 7, "position": "team_lead"}
    assert _others(subject, content) == [("Stage goals", "one")]
