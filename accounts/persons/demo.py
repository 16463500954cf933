"""Two hundred persons at the units: roles found and missing, attitudes, insiders, ties."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.persons.models import Person, PersonQuerySet
from accounts.persons.services import add_person, assess_person, set_role
from accounts.persons.terms import (
    Attitude,
    BuyerRole,
    Confidence,
    ConsentSource,
    GatekeeperKind,
    Insider,
    Official,
    RelationKind,
    Style,
)
from accounts.persons.ties import relate
from accounts.units.models import KeyAccount
from accounts.units.terms import Channel, UnitStatus
from kam.core.clock import business_date
from kam.demo.story import Story
from kam.users.models import User

_SURNAMES = "许黄蔡庄林郑陈吴单曾刘谭周彭易罗谢唐龙邓欧阳"
_GIVEN = (
    "志远",
    "秀梅",
    "文斌",
    "明辉",
    "美华",
    "伟",
    "建平",
    "晓玲",
    "国强",
    "丽娟",
    "海波",
    "新民",
    "素芬",
    "永康",
)
_HOBBIES = ("钓鱼", "羽毛球", "书法", "茶", "象棋", "摄影", "爬山")
_WINS = ("想在换届前办成一件实事", "希望员工说他关心大家", "想证明预算管得好", "图省心，少加班")
_OFFICIALS = frozenset({Channel.GOVERNMENT})


@dataclass(frozen=True, slots=True)
class _Seat:
    post: str
    role: BuyerRole
    kind: str
    influence: int
    style: Style


_SEATS = (
    _Seat("会长", BuyerRole.DECISION_MAKER, "", 5, Style.TIGER),
    _Seat("办公室主任", BuyerRole.USER, "", 3, Style.KOALA),
    _Seat("财务负责人", BuyerRole.GATEKEEPER, GatekeeperKind.FINANCIAL, 4, Style.OWL),
    _Seat("工程部经理", BuyerRole.GATEKEEPER, GatekeeperKind.TECHNICAL, 3, Style.OWL),
    _Seat("工会主席", BuyerRole.USER, "", 4, Style.PEACOCK),
)
#: The main story: everybody at 泉州商会 is known by name; nobody judges the drawings, the guard of the budget is against us.
_MAIN = "泉州商会"
_MAIN_NAMES = {"会长": "许志远", "办公室主任": "蔡文斌", "财务负责人": "黄秀梅"}
#: Those who never received us, and the only ones who did: (unit, post).
_UNREACHED = frozenset({(_MAIN, "财务负责人"), ("株洲市教育局", "局长"), ("温州商会", "工程部经理")})
_ONLY_REACHED = {"芦淞大市场": "办公室主任"}
_POSTS = {
    Channel.CHAMBER: "会长",
    Channel.SCHOOL: "校长",
    Channel.BANK: "行长",
    Channel.GOVERNMENT: "局长",
    Channel.MARKET: "市场经理",
}


def play_persons(story: Story) -> None:
    """Find persons at each unit: three or four, with a gap here and there that the red flags then tell."""
    for place, unit in enumerate(KeyAccount.objects.select_related("owner", "team__manager").order_by("pk")):
        _play_unit(story, place, unit)


def reachable(rows: PersonQuerySet) -> list[Person]:
    """Return the persons with whom visits and calls of the story come about; the new faces are not among them yet."""
    newest = business_date() - timedelta(days=30)
    return [
        person
        for person in rows.filter(added_on__lt=newest).select_related("unit").order_by("pk")
        if (person.unit.name, person.post) not in _UNREACHED
        and _ONLY_REACHED.get(person.unit.name, person.post) == person.post
    ]


def _play_unit(story: Story, place: int, unit: KeyAccount) -> None:
    by = unit.owner or story.users["clerk"]
    day = story.day(-story.random.randint(95, 150))
    people: list[Person] = []
    for number, seat in enumerate(_seats(place)):
        with story.at(day, 10, number * 7):
            people.append(_play_person(story, unit, seat, number, by, day, people[:1]))
    if len(people) > 2:
        with story.at(day, 11):
            relate(people[0], RelationKind.TRUSTS, other=people[1], strength=4, by=by)
            relate(
                people[2], RelationKind.OPPOSES, other=people[0], strength=2, by=by, note="认为首付比例太高"
            )
            relate(people[1], RelationKind.KNOWS, staff=by if unit.owner else story.users["manager1"], by=by)
    if unit.name == _MAIN:
        with story.at(day, 11, 30):
            member = _others(story, unit, by, day, people[0])
            relate(member, RelationKind.SAME_SCHOOL, other=people[1], strength=3, by=by)
    if place % 9 == 4 or unit.name == _MAIN:  # a new face that nobody assessed yet
        name = "庄明辉" if unit.name == _MAIN else _name(story)
        with story.at(story.day(-6), 14):
            add_person(unit, {"name": name, "post": "副秘书长", "mobile": _mobile(story)}, by=by)


def _others(story: Story, unit: KeyAccount, by: User, day: date, above: Person) -> Person:
    """Two more at the main story's unit: a member whose birthday is near, and the secretariat."""
    birthday = story.day(2).replace(year=1978, day=min(story.day(2).day, 28))
    values = {"name": "林美华", "post": "会员代表", "mobile": _mobile(story), "birthday": birthday}
    member = add_person(unit, values, by=by, on=day, assessment={"attitude": "supports", "influence": 3})
    values = {"name": "郑伟", "post": "秘书处干事", "mobile": _mobile(story), "reports_to": above}
    add_person(unit, values, by=by, on=day, assessment={"attitude": "neutral", "influence": 2})
    return member


def _seats(place: int) -> tuple[_Seat, ...]:
    """Every third unit lacks its technical gatekeeper, every fifth its decision maker."""
    if place % 3 == 0:
        return _SEATS[:3]
    return _SEATS[1:5] if place % 5 == 0 else _SEATS[:4]


def _play_person(
    story: Story, unit: KeyAccount, seat: _Seat, number: int, by: User, day: date, above: list[Person]
) -> Person:
    dice = story.random
    post = _POSTS.get(Channel(unit.channel), "总经理") if seat.post == "会长" else seat.post
    values: dict[str, Any] = {
        "name": _MAIN_NAMES[post] if unit.name == _MAIN else _name(story),
        "post": post,
        "birthday": date(dice.randint(1962, 1990), dice.randint(1, 12), dice.randint(1, 28)),
        "mobile": _mobile(story),
        "reports_to": above[0] if above else None,
        "hobbies": dice.choice(_HOBBIES),
        "official": Official.YES
        if unit.channel in _OFFICIALS
        else dice.choice((Official.NO, Official.UNKNOWN)),
        "consent_source": ConsentSource.PERSON,
        "consent_on": day,
        "has_decision_power": seat.role == BuyerRole.DECISION_MAKER,
        "knows_places": "食堂门口可摆资料架" if seat.post == "办公室主任" else "",
    }
    if dice.random() < 0.08:
        values["birthday"] = values["birthday"].replace(**_soon(story))
    assessment = {
        "style": seat.style,
        "influence": seat.influence,
        "attitude": dice.choice((Attitude.SUPPORTS, Attitude.NEUTRAL, Attitude.NEUTRAL, Attitude.UNKNOWN)),
        "personal_win": dice.choice(_WINS),
    }
    if unit.name == _MAIN and post == "财务负责人":
        assessment |= {"attitude": Attitude.OPPOSES, "awareness": 2, "acceptance": 1}
    person = add_person(unit, values, by=by, on=day, assessment=assessment)
    confidence = (
        Confidence.CONFIRMED
        if unit.name == _MAIN or number < 2 or dice.random() < 0.5
        else Confidence.ASSUMED
    )
    set_role(person, seat.role, kind=seat.kind, confidence=confidence, by=by, on=day)
    if seat.post == "办公室主任" and unit.status not in {UnitStatus.PROSPECT, UnitStatus.LOST}:
        assess_person(
            person,
            {"insider": Insider.INSIDER, "attitude": Attitude.SUPPORTS, "awareness": 4, "acceptance": 4},
            learned_on=day,
            by=by,
        )
    return person


def _soon(story: Story) -> dict[str, int]:
    """Return month and day of one of the next days."""
    near = story.day(story.random.randint(0, 7))
    return {"month": near.month, "day": min(near.day, 28)}


def _name(story: Story) -> str:
    return story.random.choice(_SURNAMES) + story.random.choice(_GIVEN)


def _mobile(story: Story) -> str:
    return f"139{story.random.randint(0, 99_999_999):08d}"
