"""Words about qualification. No Django here."""

from enum import StrEnum


class CriterionKind(StrEnum):
    """A rule on what we know, or a statement that somebody confirms with evidence."""

    RULE = "rule"
    STATEMENT = "statement"


class Operator(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    IS = "is"


#: What the department starts with (S-003, S-004): code, English, Simplified, Traditional, fact, operator, threshold, also.
#: A row without a fact is a statement that somebody confirms.
FIRST_CRITERIA: tuple[tuple[str, str, str, str, str, str, str, str], ...] = (
    (
        *("long_contract", "Large orders under a contract of at least one year"),
        *(
            "已有较大订单且合同期一年以上",
            "已有較大訂單且合約期一年以上",
            "contract_years",
            "at_least",
            "1",
            "large_orders",
        ),
    ),
    (
        *("strategic_project", "Large orders and a strategic project"),
        *("有较大订单且为战略性项目客户", "有較大訂單且為策略性專案客戶", "", "", "", ""),
    ),
    (
        *("influence", "Important influence on our business or image, now or later"),
        *("对公司业务或形象在目前或将来有重要影响", "對公司業務或形象在目前或將來有重要影響", "", "", "", ""),
    ),
    (
        *("technology", "Strong ability to absorb technology and to innovate"),
        *("有较强的技术吸收和创新能力", "有較強的技術吸收與創新能力", "", "", "", ""),
    ),
    (
        *("market_development", "Strong ability to develop a market"),
        *("有较强的市场发展实力", "有較強的市場發展實力", "", "", "", ""),
    ),
    (
        *("industry_top_ten", "Among the first ten of the industry"),
        *("行业前十强企业", "產業前十強企業", "industry_rank", "at_most", "10", ""),
    ),
    (
        *("financing", "Emerging enterprise with ample funds or financing"),
        *("资金充裕或有融资的新兴企业", "資金充裕或有融資的新興企業", "", "", "", ""),
    ),
    (
        *("large_deal", "A single cooperation of 50,000 yuan or more"),
        *("单笔合作金额不低于 5 万元", "單筆合作金額不低於 5 萬元", "largest_deal", "at_least", "50000", ""),
    ),
    (
        *("advertises", "Advertises on one of the three leading sites"),
        *("在排名前三的网站投放广告", "在排名前三的網站投放廣告", "", "", "", ""),
    ),
)


def first_rows() -> list[dict[str, object]]:
    """Return the first criteria as columns."""
    names = ("code", "label", "label_zh_hans", "label_zh_hant", "fact", "operator", "threshold", "also_fact")
    return [
        {
            **dict(zip(names, row, strict=True)),
            "kind": CriterionKind.RULE if row[4] else CriterionKind.STATEMENT,
            "order": 10 * (place + 1),
        }
        for place, row in enumerate(FIRST_CRITERIA)
    ]


class Axis(StrEnum):
    """The two sides from which a tier is proposed: what a unit brings now, and what it could bring."""

    VALUE = "value"
    POTENTIAL = "potential"


class Level(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class ProposalState(StrEnum):
    """A proposed tier waits, is confirmed or rejected by the manager, or is overtaken by what KAM learns."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    OVERTAKEN = "overtaken"


#: What the department starts with; all figures are assumptions. Measure → (axis, weight, what begins grade 2, 3, 4 and 5).
FIRST_MEASURES: dict[str, tuple[Axis, int, tuple[str, str, str, str]]] = {
    "worth": (Axis.VALUE, 60, ("10000", "50000", "200000", "500000")),
    "contract_years": (Axis.VALUE, 20, ("0.5", "1", "2", "3")),
    "large_orders": (Axis.VALUE, 20, ("1", "1", "1", "1")),
    "purchasing_power": (Axis.POTENTIAL, 25, ("2", "3", "4", "5")),
    "purchase_intention": (Axis.POTENTIAL, 20, ("2", "3", "4", "5")),
    "headcount": (Axis.POTENTIAL, 20, ("50", "150", "400", "1000")),
    "white_space": (Axis.POTENTIAL, 15, ("50000", "150000", "400000", "1000000")),
    "demand": (Axis.POTENTIAL, 10, ("1", "2", "3", "4")),
    "income": (Axis.POTENTIAL, 10, ("40000", "60000", "90000", "150000")),
}
#: Points of a hundred at which an axis counts as medium and as high.
FIRST_LEVELS = {"medium": "35", "high": "65"}
#: Per cent of the weight of the potential that must be known before KAM proposes anything.
FIRST_KNOWN_PERCENT = "50"
#: Level of the value → the tiers at low, medium and high potential.
FIRST_MATRIX = {"high": ("B", "A", "A"), "medium": ("C", "B", "A"), "low": ("D", "C", "B")}


def first_tier_rules() -> dict[str, object]:
    """Return the first rules of the tiers as they are kept."""
    return {
        "measures": [
            {"key": key, "axis": axis.value, "weight": weight, "steps": list(steps)}
            for key, (axis, weight, steps) in FIRST_MEASURES.items()
        ],
        "levels": dict(FIRST_LEVELS),
        "known_percent": FIRST_KNOWN_PERCENT,
        "matrix": {level: list(tiers) for level, tiers in FIRST_MATRIX.items()},
    }
