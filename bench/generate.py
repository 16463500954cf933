"""A company's data, the same for the same seed: units, persons, contacts and people, loaded by COPY. Every row passes every constraint.

60 % of the names are Chinese; owners are skewed (a few hold many); needle words have known hit counts.
"""

import csv
import io
import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from kam.search.services import normalise_name, search_keys
from kam.users.models import Membership, Team, User
from kam.users.terms import Position

SEED = 2008
TODAY = date(2026, 11, 20)
JOINED = date(2020, 1, 1)
CITIES = "泉州 温州 株洲 长沙 厦门 福州 宁波 台州 衡阳 湘潭 岳阳 常德 大同 北京 上海 广州 深圳 杭州 苏州 成都".split()
WORDS = "荷塘 芦淞 太行 汾河 晋阳 福星 田心 华强 金山 南华 东方 长江 黄河 泰山 昆仑 天元 石峰 渌口 建宁 中央".split()
KINDS = "商会 有限公司 股份有限公司 机车厂 师范学院 银行 中学 建材市场 研究院 集团有限公司".split()
LATIN = "Harbour Northern United Golden Pacific Summit River Eastern Prime Crystal Orient Meridian".split()
TRADES = "Steel Trading Cement Motors Foods Textiles Logistics Energy Glass Timber".split()
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗"
GIVEN = "伟芳娜敏静强磊洋艳勇军杰娟涛明超秀霞平刚桂英华建文志海燕"
#: word → how many names hold it: a rare one, a handful, many
NEEDLES = {"麒麟": 1, "凤凰": 40, "Zephyr": 40}
PEOPLE_PER_TEAM = 10


@dataclass(frozen=True)
class Volume:
    units: int
    persons: int
    contacts: int
    people: int


def unit_name(number: int, dice: random.Random) -> str:
    """Return a name that no other unit has."""
    for word, hits in NEEDLES.items():
        if 1000 <= number - 100 * list(NEEDLES).index(word) < 1000 + hits:
            return f"{word}{number}商会" if word != "Zephyr" else f"Zephyr {number} Trading"
    if dice.random() < 0.6:
        return f"{dice.choice(CITIES)}{dice.choice(WORDS)}{number}{dice.choice(KINDS)}"
    return f"{dice.choice(LATIN)} {dice.choice(TRADES)} {number}"


def generate(volume: Volume) -> None:
    """Fill an empty, migrated database."""
    dice = random.Random(SEED)
    people, teams = _people(volume, dice)
    owners = [(user, teams[user]) for user in people]
    weights = [1 / (rank + 1) ** 0.7 for rank in range(len(owners))]
    holders = dice.choices(owners, weights, k=volume.units)
    _copy(
        "accounts_keyaccount",
        UNIT_COLUMNS,
        (_unit(n, holders[n - 1], dice) for n in range(1, volume.units + 1)),
    )
    _copy("accounts_person", PERSON_COLUMNS, (_person(n, volume, dice) for n in range(1, volume.persons + 1)))
    _copy(
        "accounts_contact",
        CONTACT_COLUMNS,
        (_contact(n, volume, holders, dice) for n in range(1, volume.contacts + 1)),
    )
    with connection.cursor() as cursor:
        for table in ("accounts_keyaccount", "accounts_person", "accounts_contact"):
            cursor.execute(
                f"select setval(pg_get_serial_sequence('{table}', 'id'), (select max(id) from {table}))"
            )
        cursor.execute("vacuum analyze")  # what autovacuum has done in any database that is a day old


def _people(volume: Volume, dice: random.Random) -> tuple[list[int], dict[int, int]]:
    """Make the rep, manager and director the runner signs in as, and everybody else; return owners and their teams."""
    User.objects.create_user(
        "bench-director",
        position=Position.DIRECTOR,
        name="高总监",
        email="d@bench.example",
        joined_on=JOINED,
    )
    members: list[int] = []
    teams: dict[int, int] = {}
    for number in range(max(1, volume.people // PEOPLE_PER_TEAM)):
        manager = User(
            staff_number=f"bench-manager{number}",
            position=Position.MANAGER,
            name=f"经理{number}",
            email=f"m{number}@bench.example",
            joined_on=JOINED,
        )
        manager.set_unusable_password()
        manager.save()
        team = Team.objects.create(name=f"Group {number}", manager=manager)
        staff = [
            User(
                staff_number=f"bench-rep{number}-{n}",
                position=Position.SPECIALIST,
                name=dice.choice(SURNAMES) + dice.choice(GIVEN),
                email=f"r{number}-{n}@bench.example",
                password="!",  # noqa: S106 -- unusable
                joined_on=JOINED,
            )
            for n in range(PEOPLE_PER_TEAM)
        ]
        for user in User.objects.bulk_create(staff):
            members.append(user.pk)
            teams[user.pk] = team.pk
            Membership.objects.create(user=user, team=team, started_on=date(2020, 1, 1))
    return members, teams


UNIT_COLUMNS = (
    "id created_at version name name_key short_name english_name credit_code channel area address phone phone_key website "
    "internal_website owner_id team_id source unit_class tier status file_number current_status next_step is_core is_focus "
    "last_contact_on last_visit_on sort_key pinyin initials bigrams absorbed_ids former_names"
).split()


def _unit(number: int, holder: tuple[int, int], dice: random.Random) -> list[Any]:
    name = unit_name(number, dice)
    keys = search_keys(name)
    channel = dice.choice(["chamber", "soe", "government", "factory", "market", "bank", "school"])
    last = TODAY - timedelta(days=int(dice.expovariate(1 / 40)))
    return [
        number, "2026-01-01 00:00:00+00", 1, name, normalise_name(name), "", "", "", channel, dice.choice(CITIES), "", "", "", "", "", holder[0],
        holder[1], "", "", dice.choices("ABCD", (5, 15, 30, 50))[0], dice.choice(["prospect", "qualified", "developing", "cooperating", "stable"]), "",
        "", "", "f", "f", last, last, _sort_key(keys, name), keys.pinyin, keys.initials, _array(keys.bigrams),
        "{}", "",
    ]  # fmt: skip


def _array(texts: Iterable[str]) -> str:
    return "{" + ",".join(json.dumps(text, ensure_ascii=False) for text in texts) + "}"


def _sort_key(keys: Any, name: str) -> str:
    return (keys.pinyin.split()[0] if keys.pinyin else name.lower())[:200]


PERSON_COLUMNS = (
    "id created_at version unit_id name post department mobile mobile_key phone wechat email hobbies background home family "
    "level function style attitude response_mode personal_win insider insider_learn insider_cultivate insider_tasks "
    "insider_density knows_places knows_times added_on left_reason official consent_source pinyin initials bigrams birthday "
    "absorbed_ids former_names"
).split()


def _person(number: int, volume: Volume, dice: random.Random) -> list[Any]:
    name = dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN)
    unit = (number - 1) % volume.units + 1
    style, attitude = (
        dice.choice(["tiger", "peacock", "owl", "koala"]),
        dice.choice(["supports", "neutral", "opposes", "unknown"]),
    )
    return [
        number, "2026-01-01 00:00:00+00", 1, unit, name, dice.choice(["会长", "主席", "主任", "经理"]), "", "", "", "", "", "", "", "", "", "", "", "", style,
        attitude, "", "", "none", "", "", "", "", "", "", "2026-01-01", "", "unknown", "", "", "", "{" + name[:2] + "}",
        date(1960, 1, 1) + timedelta(days=number % 12_000) if number % 3 == 0 else "",
        "{}", "",
    ]  # fmt: skip


CONTACT_COLUMNS = (
    "id created_at unit_id on channel direction outcome text by_id met written called outline_used source_kind source_id "
    "source_label"
).split()


def _contact(number: int, volume: Volume, holders: list[tuple[int, int]], dice: random.Random) -> list[Any]:
    unit = dice.randint(1, volume.units)
    day = TODAY - timedelta(days=int(dice.expovariate(1 / 60)) % 300)
    call = dice.random() < 0.7
    return [
        number, f"{day} 08:00:00+00", unit, day, "call" if call else "visit", "out", "谈妥", "问价格与交期", holders[unit - 1][0],
        "f" if call else "t", "f", "t" if call else "f", "f", "", "", "",
    ]  # fmt: skip


def _copy(table: str, columns: list[str], rows: Iterable[list[Any]], *, size: int = 20_000) -> None:
    """Load rows in blocks by COPY, each block a transaction."""
    quoted = ", ".join(f'"{column}"' for column in columns)
    block: list[list[Any]] = []

    def flush(cursor: Any) -> None:
        text = io.StringIO()
        csv.writer(text).writerows(block)
        text.seek(0)
        cursor.copy_expert(
            f"copy {table} ({quoted}) from stdin with (format csv, force_not_null ({_texts(table, columns)}))",
            text,
        )
        block.clear()

    with connection.cursor() as cursor:
        for row in rows:
            block.append(row)
            if len(block) == size:
                flush(cursor.cursor)
        if block:
            flush(cursor.cursor)


def _texts(table: str, columns: list[str]) -> str:
    """Name the text columns: there an empty cell is an empty text, elsewhere NULL."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select column_name from information_schema.columns where table_name = %s and data_type in ('text', 'character varying')",
            [table],
        )
        known = {row[0] for row in cursor.fetchall()}
    return ", ".join(f'"{column}"' for column in columns if column in known)
