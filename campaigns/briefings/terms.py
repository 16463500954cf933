"""Words of product briefings. No Django here; the labels stand in labels.py."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum

from visits.bookings.terms import ResourceKind


class BriefingState(StrEnum):
    """Asked for, decided, prepared (people and materials reserved), held, closed once the return visits are planned."""

    PENDING = "pending"
    RETURNED = "returned"
    APPROVED = "approved"
    PREPARED = "prepared"
    HELD = "held"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


_B = BriefingState
BRIEFING_MOVES: Mapping[BriefingState, frozenset[BriefingState]] = {
    _B.PENDING: frozenset({_B.APPROVED, _B.RETURNED, _B.REJECTED, _B.WITHDRAWN}),
    _B.RETURNED: frozenset({_B.PENDING, _B.WITHDRAWN}),
    _B.APPROVED: frozenset({_B.PREPARED, _B.CANCELLED}),
    _B.PREPARED: frozenset({_B.PREPARED, _B.HELD, _B.CANCELLED}),
    _B.HELD: frozenset({_B.CLOSED}),
}
#: The word always stands beside the colour.
STATE_TONES: Mapping[BriefingState, str] = {
    _B.PENDING: "pending",
    _B.RETURNED: "warn",
    _B.APPROVED: "pending",
    _B.PREPARED: "good",
    _B.HELD: "warn",
    _B.CLOSED: "good",
    _B.CANCELLED: "draft",
    _B.REJECTED: "danger",
    _B.WITHDRAWN: "draft",
}
#: Something is still to be done.
OPEN = (_B.PENDING, _B.RETURNED, _B.APPROVED, _B.PREPARED, _B.HELD)


class Step(IntEnum):
    """The seven steps in their order (S-177)."""

    AGREE = 1
    ARRIVE = 2
    HAND_OUT = 3
    PRESENT = 4
    TALK = 5
    COUNT = 6
    RETURN_VISITS = 7


class StaffRole(StrEnum):
    """Who takes part on our side (S-180)."""

    SALES = "sales"
    ENGINEER = "engineer"
    PROPERTY = "property"
    DRIVER = "driver"


class ItemKind(StrEnum):
    """What a briefing takes along (S-178, S-179)."""

    LEAFLET = "leaflet"
    SHEET = "sheet"
    BOOKLET = "booklet"
    BAG = "bag"
    SLIDES = "slides"
    GIFT = "gift"
    MEMBER_PACK = "member_pack"
    VEHICLE = "vehicle"
    PROJECTOR = "projector"
    LAPTOP = "laptop"


#: By these words a line of the bill, or a thing that is lent out, says in its name what it is; the first word is the plainest.
NAMED: Mapping[ItemKind, tuple[str, ...]] = {
    ItemKind.LEAFLET: ("折页", "折頁", "leaflet"),
    ItemKind.SHEET: ("单张", "單張", "单页", "單頁", "sheet", "flyer"),
    ItemKind.BOOKLET: ("楼书", "樓書", "手册", "手冊", "宝典", "寶典", "booklet", "brochure"),
    ItemKind.BAG: ("手提袋", "bag"),
    ItemKind.SLIDES: ("ppt", "幻灯", "投影片", "簡報", "slides"),
    ItemKind.GIFT: ("礼品", "禮品", "礼物", "禮物", "公仔", "gift"),
    ItemKind.MEMBER_PACK: ("会员", "會員", "member"),
    ItemKind.VEHICLE: ("车辆", "車輛", "汽车", "汽車", "客车", "客車", "vehicle"),
    ItemKind.PROJECTOR: ("投影仪", "投影儀", "投影機", "projector"),
    ItemKind.LAPTOP: ("笔记本电脑", "筆記型電腦", "筆電", "电脑", "電腦", "laptop"),
}
#: What stands in a bill or is lent out, too, and is no thing of a briefing: clothes, the confirmation of discounts, valuable gifts (they are
#: asked for one by one, docs/domain/gifts.md), cameras, recorders.
NOT_TAKEN = (
    *("贵重", "貴重", "valuable"),
    *("服装", "服裝", "工装", "工裝", "uniform", "确认", "確認"),
    *("相机", "相機", "摄像", "攝影", "camera", "录音", "錄音", "recorder"),
)

#: These are lent out by the department and booked; everything else is taken from the stock of the campaign, or brought along.
BOOKED: Mapping[ItemKind, ResourceKind] = {
    ItemKind.VEHICLE: ResourceKind.VEHICLE,
    ItemKind.PROJECTOR: ResourceKind.EQUIPMENT,
    ItemKind.LAPTOP: ResourceKind.EQUIPMENT,
}
