"""Words of service plans. No Django here; the labels stand in labels.py."""

from enum import StrEnum


class Mode(StrEnum):
    """How we go to somebody. A visit is worth a call; what is to be written must be written."""

    VISIT = "visit"
    CALL = "call"
    WRITTEN = "written"


class Every(StrEnum):
    """What the frequency counts."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class DayPart(StrEnum):
    """When in the day; insiders are met outside work (S-049)."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    OUTSIDE_WORK = "outside_work"


class Standing(StrEnum):
    """What became of one planned contact."""

    DONE = "done"
    LATE = "late"
    DUE = "due"
    OVERDUE = "overdue"
    MISSED = "missed"
    AHEAD = "ahead"


class Because(StrEnum):
    """Why a review is due."""

    MONTH = "month"
    VISIT = "visit"


#: The texts of a revision, in the order of the form (S-054).
TEXTS = ("objective", "action")
#: What a revision says: two revisions that agree here are the same plan.
PLANNED = ("objective", "mode", "action", "day_part", "every", "number", "weekdays", "day_of_month")

#: What we propose for each role (English, Simplified, Traditional): objective, then action (S-033 … S-037, S-056).
FIRST_TEXTS: dict[str, tuple[tuple[str, str, str], tuple[str, str, str]]] = {
    "decision_maker": (
        (
            "Trusts us and says yes to the next step",
            "信任我们，同意进入下一步",
            "信任我們，同意進入下一步",
        ),
        (
            "Learn the day’s routine first; report results and risks in three sentences; agree on one next step.",
            "先了解其日常决策流程与工作方式；用三句话汇报成果与风险；约定一个下一步。",
            "先了解其日常決策流程與工作方式；用三句話彙報成果與風險；約定一個下一步。",
        ),
    ),
    "technical": (
        (
            "Finds the product sound and does not veto it",
            "认可产品的可行性，不行使否决权",
            "認可產品的可行性，不行使否決權",
        ),
        (
            "Show samples and drawings, ask what lies behind each doubt, never argue back at once; bring the answer next time.",
            "展示样品与图纸，问清每个疑问背后的需求，不当场反驳；下次带来答复。",
            "展示樣品與圖紙，問清每個疑問背後的需求，不當場反駁；下次帶來答覆。",
        ),
    ),
    "financial": (
        (
            "Knows what each step costs and has it in the budget",
            "清楚每一步的费用并列入预算",
            "清楚每一步的費用並列入預算",
        ),
        (
            "Go over the schedule of payments and the savings; no surprises; ask when the budget closes.",
            "核对付款安排与优惠金额，不出现意外费用；询问预算截止时间。",
            "核對付款安排與優惠金額，不出現意外費用；詢問預算截止時間。",
        ),
    ),
    "user": (
        (
            "Looks forward to using it and says so inside",
            "期待使用，并在内部替我们说话",
            "期待使用，並在內部替我們說話",
        ),
        (
            "Ask how the day goes now, show what gets easier, collect wishes and pass them on.",
            "询问现在的使用情况，演示如何更方便省力，收集意见并转达。",
            "詢問現在的使用情況，示範如何更方便省力，收集意見並轉達。",
        ),
    ),
}
#: Role → mode and time of day of the proposal.
FIRST_WAYS = {
    "decision_maker": (Mode.VISIT, DayPart.MORNING),
    "technical": (Mode.VISIT, DayPart.AFTERNOON),
    "financial": (Mode.VISIT, DayPart.AFTERNOON),
    "user": (Mode.CALL, DayPart.MORNING),
}
#: Role → tier → frequency: (unit of time, every, days of the week or the day of the month).
FIRST_FREQUENCIES: dict[str, dict[str, tuple[Every, int, tuple[int, ...] | int]]] = {
    "decision_maker": {
        "A": (Every.WEEKS, 1, (1,)),
        "B": (Every.WEEKS, 2, (1,)),
        "C": (Every.MONTHS, 1, 10),
        "D": (Every.MONTHS, 2, 10),
    },
    "technical": {
        "A": (Every.WEEKS, 1, (2,)),
        "B": (Every.WEEKS, 2, (2,)),
        "C": (Every.MONTHS, 1, 15),
        "D": (Every.MONTHS, 3, 15),
    },
    "financial": {
        "A": (Every.WEEKS, 2, (3,)),
        "B": (Every.WEEKS, 4, (3,)),
        "C": (Every.MONTHS, 2, 20),
        "D": (Every.MONTHS, 3, 20),
    },
    "user": {
        "A": (Every.WEEKS, 1, (3,)),
        "B": (Every.WEEKS, 2, (3,)),
        "C": (Every.MONTHS, 1, 20),
        "D": (Every.MONTHS, 2, 20),
    },
}


def first_templates() -> list[dict[str, object]]:
    """Return what the department starts with, as columns."""
    rows: list[dict[str, object]] = []
    for seat, (objective, action) in FIRST_TEXTS.items():
        mode, day_part = FIRST_WAYS[seat]
        texts = {
            f"{name}{suffix}": text
            for name, told in (("objective", objective), ("action", action))
            for suffix, text in zip(("", "_zh_hans", "_zh_hant"), told, strict=True)
        }
        for tier, (every, number, on) in FIRST_FREQUENCIES[seat].items():
            row: dict[str, object] = {"seat": seat, "tier": tier, "mode": mode, "day_part": day_part}
            row |= {"every": every, "number": number, **texts}
            row |= {"weekdays": list(on)} if isinstance(on, tuple) else {"day_of_month": on}
            rows.append(row)
    return rows
