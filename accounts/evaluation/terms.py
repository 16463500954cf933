"""Words of evaluation. No Django here."""

from dataclasses import dataclass
from enum import StrEnum


class RoundState(StrEnum):
    RUNNING = "running"
    CLOSED = "closed"


class SheetState(StrEnum):
    """A score sheet waits, is a draft, or is submitted and then stays."""

    OPEN = "open"
    DRAFT = "draft"
    SUBMITTED = "submitted"


class Decision(StrEnum):
    """What the manager made of a sheet."""

    NONE = ""
    FOCUS = "focus"
    NOT = "not"


class Stage(StrEnum):
    """How far the selection of a unit has come (S-030)."""

    SURVEYED = "surveyed"
    TARGETED = "targeted"
    NEGOTIATING = "negotiating"
    EVALUATED = "evaluated"
    FOCUS = "focus"


GRADES = range(1, 6)
#: Points of a hundred from which a unit is worth the focus; our assumption.
FIRST_LINE = "60"


@dataclass(frozen=True, slots=True)
class FirstDimension:
    """A dimension the department starts with (S-029): names and rubrics in the three languages; weights are our assumption."""

    code: str
    weight: int
    hint: str
    labels: tuple[str, str, str]
    rubrics: tuple[str, str, str]


FIRST_DIMENSIONS = (
    FirstDimension(
        *("purchasing_power", 25, "purchasing_power"),
        ("Purchasing power", "购买实力", "購買實力"),
        (
            "Hardly anybody could pay\nFew could pay\nSome could pay\nMany could pay\nMost could pay at once",
            "几乎无人有支付能力\n少数人有支付能力\n部分人有支付能力\n多数人有支付能力\n大多数人可立即支付",
            "幾乎無人有支付能力\n少數人有支付能力\n部分人有支付能力\n多數人有支付能力\n大多數人可立即支付",
        ),
    ),
    FirstDimension(
        *("intention", 25, "purchase_intention"),
        ("Purchase intention and sincerity", "购买意向与诚意度", "購買意向與誠意度"),
        (
            (
                "No interest\nListens, asks nothing\nAsks about products and prices\nNames sets, dates or a budget\n"
                "Has promised earnest money or signed a wish"
            ),
            "没有兴趣\n愿意听，不提问\n询问产品和价格\n说出套数、时间或预算\n已承诺诚意金或签署意向",
            "沒有興趣\n願意聽，不提問\n詢問產品與價格\n說出套數、時間或預算\n已承諾誠意金或簽署意向",
        ),
    ),
    FirstDimension(
        *("size", 15, "headcount"),
        ("Size", "规模", "規模"),
        (
            "Fewer than 50 people\n50 to 149 people\n150 to 399 people\n400 to 999 people\n1,000 people or more",
            "不足 50 人\n50–149 人\n150–399 人\n400–999 人\n1000 人以上",
            "不足 50 人\n50–149 人\n150–399 人\n400–999 人\n1000 人以上",
        ),
    ),
    FirstDimension(
        *("access", 15, "coverage"),
        ("Access: key persons reached", "接触程度：关键人物", "接觸程度：關鍵人物"),
        (
            (
                "We know nobody\nWe know users only\nA gatekeeper was met\nThe decision maker was met\n"
                "Decision maker, gatekeepers and users were met and one helps us"
            ),
            "谁也不认识\n只认识使用者\n见过把关者\n见过决策者\n三类角色都见过，且有内线协助",
            "誰也不認識\n只認識使用者\n見過把關者\n見過決策者\n三類角色都見過，且有內線協助",
        ),
    ),
    FirstDimension(
        *("fit", 10, "needs"),
        ("Fit with what we sell", "与我方产品的契合度", "與我方產品的契合度"),
        (
            "Wants what we do not have\nFits little\nFits in part\nFits well\nWants exactly what we sell now",
            "所需我方没有\n契合很少\n部分契合\n比较契合\n正需要我方在售产品",
            "所需我方沒有\n契合很少\n部分契合\n比較契合\n正需要我方在售產品",
        ),
    ),
    FirstDimension(
        *("competition", 10, "competition"),
        ("Competition", "竞争态势", "競爭態勢"),
        (
            (
                "Bound to a competitor for long\nA competitor leads\nOpen between us and others\nWe lead\n"
                "Nobody else is talking to them"
            ),
            "已长期绑定竞争对手\n竞争对手领先\n与对手势均力敌\n我方领先\n没有其他对手接触",
            "已長期綁定競爭對手\n競爭對手領先\n與對手勢均力敵\n我方領先\n沒有其他對手接觸",
        ),
    ),
)
