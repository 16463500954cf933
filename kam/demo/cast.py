"""The people of the demo: sixteen with a daily plan and the administrator, in two groups with two industries each (S-143)."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.contrib.auth.hashers import make_password

from kam.demo.story import Story
from kam.people.services import teams, users
from kam.users.models import Industry, Team, User
from kam.users.terms import Position

PASSWORD = "kam-demo"  # noqa: S105 -- public on purpose; production refuses to start while it works


@dataclass(frozen=True, slots=True)
class Figure:
    """One person of the demo; the staff number is the login."""

    staff_number: str
    name: str
    position: Position
    mobile: str
    joined_on: date


CAST = (
    Figure("director", "黄昭祥", Position.DIRECTOR, "13905950101", date(2016, 3, 1)),
    Figure("manager1", "林文轩", Position.MANAGER, "13905950111", date(2018, 7, 2)),
    Figure("manager2", "陈慧敏", Position.MANAGER, "13905950112", date(2019, 2, 18)),
    Figure("specialist1", "王建军", Position.TEAM_LEAD, "13905950121", date(2019, 9, 2)),
    Figure("specialist2", "李晓梅", Position.SPECIALIST, "13905950122", date(2021, 3, 8)),
    Figure("specialist3", "张伟强", Position.SPECIALIST, "13905950123", date(2022, 5, 9)),
    Figure("specialist4", "刘芳", Position.SPECIALIST, "13905950124", date(2023, 7, 3)),
    Figure("specialist5", "吴志明", Position.TEAM_LEAD, "13905950125", date(2020, 4, 13)),
    Figure("specialist6", "蔡丽君", Position.SPECIALIST, "13905950126", date(2021, 10, 11)),
    Figure("specialist7", "郑国栋", Position.SPECIALIST, "13905950127", date(2022, 8, 15)),
    Figure("specialist8", "许雅婷", Position.SPECIALIST, "13905950128", date(2024, 2, 19)),
    Figure("marketing", "杨海涛", Position.MARKETING_DIRECTOR, "13905950102", date(2014, 6, 3)),
    Figure("finance", "何静", Position.FINANCE, "13905950131", date(2017, 11, 1)),
    Figure("clerk", "苏晓燕", Position.CLERK, "13905950132", date(2020, 9, 1)),
    Figure("hr", "曾雅琴", Position.HR, "13905950133", date(2015, 5, 4)),
    Figure("gm", "单志远", Position.GENERAL_MANAGER, "13905950100", date(2012, 1, 4)),
    Figure("admin", "周启明", Position.ADMINISTRATOR, "13905950134", date(2018, 1, 8)),
)
#: Early key industries of the source (S-011); each group owns two.
INDUSTRIES = (("oil", "石油"), ("gas", "天然气"), ("coal", "煤炭"), ("machinery", "机械"))
GROUPS = (
    ("一组", "manager1", "specialist1", ("specialist1", "specialist2", "specialist3", "specialist4"), (0, 1)),
    ("二组", "manager2", "specialist5", ("specialist5", "specialist6", "specialist7", "specialist8"), (2, 3)),
)
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾萧田董潘袁蔡蒋余"
_GIVEN = (
    "志强",
    "晓东",
    "丽华",
    "建国",
    "雅文",
    "海燕",
    "俊杰",
    "美玲",
    "文斌",
    "秀英",
    "子豪",
    "思敏",
    "国平",
    "玉兰",
)


def play_people(story: Story) -> None:
    """Let everybody join; the enterprise has twenty more groups of eight."""
    with story.at(story.day(-400), 8):
        industries = [teams.create_industry(code=code, name=name, by=None) for code, name in INDUSTRIES]
        people = {figure.staff_number: _join(figure) for figure in CAST}
        for name, manager, lead, members, owned in GROUPS:
            team = teams.create_team(
                name=name,
                lead=people[lead],
                manager=people[manager],
                industries=[industries[index] for index in owned],
                by=None,
            )
            for member in members:
                users.join_team(people[member], team, on=people[member].joined_on, by=None)
        for number in range(story.scaled(small=0, department=0, enterprise=20)):
            _more(story, number, people, industries[number % len(industries)])


@cache
def _hashed_password() -> str:
    """Hash the public password once: hashing is slow on purpose, and this one keeps no secret."""
    return make_password(PASSWORD)


def _join(figure: Figure) -> User:
    user = users.create_user(
        staff_number=figure.staff_number,
        name=figure.name,
        position=figure.position,
        by=None,
        email=f"{figure.staff_number}@kam.example",
        mobile=figure.mobile,
        joined_on=figure.joined_on,
    )
    user.password = _hashed_password()
    user.save(update_fields=["password"])
    return user


def _more(story: Story, number: int, people: dict[str, User], industry: Industry) -> Team:
    """Add one group of eight under one of the two managers."""
    members = [
        _join(
            Figure(
                f"s{number * 8 + place + 1:04}",
                story.random.choice(_SURNAMES) + story.random.choice(_GIVEN),
                Position.TEAM_LEAD if place == 0 else Position.SPECIALIST,
                f"138{story.random.randrange(10**8):08}",
                story.day(-story.random.randrange(420, 3000)),
            )
        )
        for place in range(8)
    ]
    team = teams.create_team(
        name=f"{number + 3}组",
        lead=members[0],
        manager=people["manager1" if number % 2 == 0 else "manager2"],
        industries=[industry],
        by=None,
    )
    for member in members:
        users.join_team(member, team, on=member.joined_on, by=None)
    return team
