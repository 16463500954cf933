"""A file of units with every kind of fault, made here; and the people whose names stand in it."""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook  # noqa: TID253 -- a test writes the file it reads

from kam.users.models import User
from tests.factories.kam import make_team, make_user

HEADS = (
    "单位名称", "简称", "统一社会信用代码", "渠道类别", "所属行业", "地址", "电话", "在职人数", "人均年收入", "主营业务", "级别", "负责人", "备注",
)  # fmt: skip
CITIES = ("泉州", "漳州", "厦门", "福州", "宁波", "温州", "台州", "长沙", "株洲", "太原")
GOOD_CODE, WRONG_CODE = "91417776R63F0WTCDL", "91417776R63F0WTCD8"


@dataclass(frozen=True)
class Sheet:
    """The rows, and which of them are wrong or double."""

    rows: list[list]
    errors: dict[int, tuple[str, ...]]
    duplicates: dict[int, str]

    def xlsx(self) -> bytes:
        book = Workbook()
        book.active.append(HEADS)
        for row in self.rows:
            book.active.append(row)
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    def csv(self, encoding: str) -> bytes:
        text = io.StringIO()
        csv.writer(text).writerows([HEADS, *self.rows])
        return text.getvalue().encode(encoding)


def good_row(number: int) -> list:
    city = CITIES[number % len(CITIES)]
    name = f"{city}恒泰{number:03}商会"
    phone, owner = f"0731-2{number:07}", f"specialist{number % 8 + 1}"
    return [name, "恒泰商会", None, "商会", "建材", f"{city}市恒泰路{number}号", phone, 100 + number, 50000, "批发", "B", owner, None]  # fmt: skip


def sheet_of(*rows: list) -> Sheet:
    return Sheet(list(rows), {}, {})


def faulty_sheet(count: int = 60) -> Sheet:
    """Row n + 2 of the sheet is rows[n]; faults stand at fixed places."""
    rows = [good_row(n) for n in range(count)]
    wrong = {
        2: (2, WRONG_CODE), 5: (7, "约500人"), 7: (3, "外星单位"), 9: (0, None), 11: (0, "长" * 300), 13: (7, -27),
        15: (11, "nobody99"), 17: (10, "Z"),
    }  # fmt: skip
    for number, (place, value) in wrong.items():
        rows[number - 2][place] = value
    rows[20 - 2][12], rows[21 - 2][12] = '=HYPERLINK("http://127.0.0.1/","x")', "<script>alert(1)</script>"
    rows[22 - 2][0] = f"  {rows[22 - 2][0].replace('020', '０２０')} "
    duplicates = {25: 18, 40: 15, 45: 13}
    for number, of in duplicates.items():
        rows[number - 2][0] = f"{rows[of - 2][0]} "
    errors = {number: (HEADS[place],) for number, (place, _value) in wrong.items()}
    return Sheet(rows, errors, {number: f"row {of}" for number, of in duplicates.items()})


@pytest.fixture
def sheet() -> Sheet:
    return faulty_sheet()


@pytest.fixture
def sellers(db) -> list[User]:
    """Return specialist1 … specialist8 in two teams, as in the demo."""
    people = [make_user(f"specialist{n}") for n in range(1, 9)]
    make_team("Sellers 1", members=tuple(people[:4]))
    make_team("Sellers 2", members=tuple(people[4:]))
    return people


@pytest.fixture
def saved(tmp_path: Path):
    """Return a function that saves bytes under a name and gives the path."""

    def save(content: bytes, name: str) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return save


@pytest.fixture
def import_units(capsys):
    """Return a function that runs the command with --json and gives (exit code, report)."""
    from django.core.management import call_command

    def run(path, *options: str):
        code = 0
        try:
            call_command("import_units", str(path), "--json", *options)
        except SystemExit as left:
            code = left.code
        out = capsys.readouterr().out.strip().splitlines()
        return code, json.loads(out[-1]) if out else None

    return run
