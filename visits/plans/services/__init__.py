"""The acts on week plans: `plans` makes and submits them, `lines` changes lines, `approval` is what decisions do."""

from visits.plans.services.approval import (
    approve_plan,
    approve_supplement,
    close_plan,
    close_supplement,
    last_to_set_cost,
    return_plan,
    return_supplement,
)
from visits.plans.services.checks import lock_standing, refuse_waiting_week
from visits.plans.services.handover import carry_over, follow_owner, hand_over_line, reclaim
from visits.plans.services.lines import (
    add_line,
    cancel_line,
    edit_line,
    finish_line,
    move_line,
    postpone_line,
    restore_line,
    set_outline,
)
from visits.plans.services.plans import (
    CopyResult,
    copy_lines,
    open_week,
    place_lines,
    previous_plan,
    revise_plan,
    set_goal,
    submit_plan,
    submit_supplement,
)
from visits.plans.services.timing import LineDraft, Place

__all__ = [
    "CopyResult",
    "LineDraft",
    "Place",
    "add_line",
    "approve_plan",
    "approve_supplement",
    "cancel_line",
    "carry_over",
    "close_plan",
    "close_supplement",
    "copy_lines",
    "edit_line",
    "finish_line",
    "follow_owner",
    "hand_over_line",
    "last_to_set_cost",
    "lock_standing",
    "move_line",
    "open_week",
    "place_lines",
    "postpone_line",
    "previous_plan",
    "reclaim",
    "refuse_waiting_week",
    "restore_line",
    "return_plan",
    "return_supplement",
    "revise_plan",
    "set_goal",
    "set_outline",
    "submit_plan",
    "submit_supplement",
]
