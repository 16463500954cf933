"""Whether a row can be taken: each cell is right or wrong for one reason that a person can mend."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from accounts.imports.terms import Column, Problem
from accounts.units.rules import credit_code_problem, normalise_credit_code
from kam.search.rules import fold

_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PHONE = re.compile(r"[+\d][\d\s()/,;*#\-]{2,39}(?:\s*(?:转|ext\.?|x)\s*\d{1,6})?", re.IGNORECASE)
_WEBSITE = re.compile(
    r"https?://[^\s/:?#@\"'<>]+\.[^\s/:?#@\"'<>]+(?::\d{1,5})?(?:[/?#][^\s\"'<>]*)?", re.IGNORECASE
)
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
MAX_HEADCOUNT = 10_000_000
MAX_INCOME = Decimal(100_000_000)
TIERS = ("A", "B", "C", "D")

LENGTHS = {
    Column.NAME: 200,
    Column.SHORT_NAME: 80,
    Column.ENGLISH_NAME: 200,
    Column.INDUSTRY: 80,
    Column.AREA: 80,
    Column.ADDRESS: 300,
    Column.WEBSITE: 200,
    Column.BUSINESS: 300,
    Column.NOTE: 1_000,
}

#: Channels by every name they go by; the code is what the department's data uses.
CHANNELS = {
    "chamber": ("商会", "商会协会", "chamber", "chamber of commerce"),
    "soe": ("大型国有企业", "国有企业", "国企", "soe", "large soe", "state-owned enterprise"),
    "government": ("机关事业单位", "机关", "事业单位", "政府机关", "government", "government body", "public institution"),
    "factory": ("大型厂矿", "厂矿", "工厂", "factory", "factory or mine", "mine"),
    "market": ("建材、服装市场私营业主", "市场私营业主", "建材服装市场", "建材市场", "服装市场", "market", "market traders"),
    "bank": ("银行单位", "银行", "bank"),
    "school": ("学院单位", "学院", "学校", "school", "college", "school or college"),
    "office": ("写字楼公司", "写字楼", "office", "office-building company"),
    "other": ("其他", "其它", "other"),
}  # fmt: skip
_CHANNEL_BY_NAME = {
    re.sub(r"[、,，/ ]", "", fold(name)): code for code, names in CHANNELS.items() for name in (code, *names)
}


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody a unit may belong to."""

    id: int
    name: str
    team_id: int | None
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class People:
    """Who may own units: by staff number, and by name where only one person has it."""

    by_number: Mapping[str, Owner] = field(default_factory=dict)
    by_name: Mapping[str, Owner] = field(default_factory=dict)

    def find(self, text: str) -> Owner | None:
        key = fold(text)
        return self.by_number.get(key) or self.by_name.get(key)


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong cell: what is wrong, what stood there, and what it might have been."""

    column: Column
    problem: Problem
    text: str = ""
    suggestion: str = ""


@dataclass(slots=True)
class CheckedRow:
    """A row after checking: typed values of the cells that are not blank, and what is wrong with the others."""

    number: int
    values: dict[Column, Any]
    faults: list[Fault]
    owner: Owner | None = None
    name_key: str = ""
    cells: Mapping[Column, str] = field(default_factory=dict)


class _WrongError(Exception):
    def __init__(self, problem: Problem, suggestion: str = "") -> None:
        super().__init__(problem)
        self.problem, self.suggestion = problem, suggestion


def check_row(number: int, cells: Mapping[Column, str], people: People) -> CheckedRow:
    """Check every cell; a blank one says nothing, except the name, which every row needs."""
    row = CheckedRow(number, {}, [])
    if not clean(cells.get(Column.NAME, "")):
        row.faults.append(Fault(Column.NAME, Problem.MISSING))
    for column, raw in cells.items():
        text = clean(raw)
        if not text:
            continue
        try:
            row.values[column] = _check_cell(column, text, people)
        except _WrongError as wrong:
            row.faults.append(Fault(column, wrong.problem, text[:200], wrong.suggestion))
    row.owner = row.values.get(Column.OWNER)
    return row


def clean(text: str) -> str:
    """Return `text` without surrounding blanks, in one normal form; the width of characters stays, a name is a name."""
    return unicodedata.normalize("NFC", text).strip()


def clean_name(text: str) -> str:
    """Return a name as it is kept: one width, single blanks, the script as it was written."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _check_cell(column: Column, text: str, people: People) -> Any:
    _refuse_controls(text)
    if column is Column.OWNER:
        return _owner(text, people)
    special = _CHECKS.get(column)
    return special(text) if special else _text(column, text)


def _refuse_controls(text: str) -> None:
    for character in text:
        control = unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\r\t"
        if control or character in _DIRECTION:
            raise _WrongError(Problem.BAD_CHARACTERS)


def _text(column: Column, text: str) -> str:
    if len(text) > LENGTHS[column]:
        raise _WrongError(Problem.TOO_LONG, text[: LENGTHS[column]])
    return text


def _name(text: str) -> str:
    return _text(Column.NAME, clean_name(text))


def _short_name(text: str) -> str:
    return _text(Column.SHORT_NAME, clean_name(text))


def _credit_code(text: str) -> str:
    code = normalise_credit_code(text)
    problem = credit_code_problem(code)
    if problem == "shape":
        raise _WrongError(Problem.NOT_A_CODE)
    if problem:
        right = next(c for c in _CODE_LETTERS if not credit_code_problem(code[:-1] + c))
        raise _WrongError(Problem.CHECK_CHARACTER, code[:-1] + right)
    return code


def _number(text: str) -> Decimal:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not _NUMBER.fullmatch(plain):
        digits = re.findall(r"\d+", plain)
        raise _WrongError(Problem.NOT_A_NUMBER, digits[0] if len(digits) == 1 else "")
    try:
        return Decimal(plain.replace(",", ""))
    except InvalidOperation:  # pragma: no cover -- the pattern lets only numbers through
        raise _WrongError(Problem.NOT_A_NUMBER) from None


def _headcount(text: str) -> int:
    number = _number(text)
    if number < 0:
        raise _WrongError(Problem.NEGATIVE, str(abs(number)))
    if number != number.to_integral_value():
        raise _WrongError(Problem.NOT_A_NUMBER)
    if number > MAX_HEADCOUNT:
        raise _WrongError(Problem.TOO_LARGE)
    return int(number)


def _income(text: str) -> Decimal:
    number = _number(text.removeprefix("¥").removeprefix("￥").removesuffix("元"))
    if number < 0:
        raise _WrongError(Problem.NEGATIVE, str(abs(number)))
    if number > MAX_INCOME:
        raise _WrongError(Problem.TOO_LARGE)
    return number.quantize(Decimal("0.01"))


def _channel(text: str) -> str:
    code = _CHANNEL_BY_NAME.get(re.sub(r"[、,，/ ]", "", fold(text)))
    if code is None:
        raise _WrongError(Problem.UNKNOWN_CHANNEL)
    return code


def _tier(text: str) -> str:
    tier = fold(text).upper().removesuffix("级").removesuffix("类")
    if tier not in TIERS:
        raise _WrongError(Problem.UNKNOWN_TIER)
    return tier


def _phone(text: str) -> str:
    phone = " ".join(unicodedata.normalize("NFKC", text).split())
    if not _PHONE.fullmatch(phone):
        raise _WrongError(Problem.NOT_A_PHONE)
    return phone


def _website(text: str) -> str:
    address = text if re.match(r"https?://", text, re.IGNORECASE) else f"https://{text}"
    if not _WEBSITE.fullmatch(address):
        raise _WrongError(Problem.NOT_A_WEBSITE)
    return _text(Column.WEBSITE, address)


def _owner(text: str, people: People) -> Owner:
    owner = people.find(text)
    if owner is None:
        raise _WrongError(Problem.UNKNOWN_OWNER)
    if not owner.allowed:
        raise _WrongError(Problem.OWNER_NOT_YOURS)
    return owner


_CHECKS: dict[Column, Callable[[str], Any]] = {
    Column.NAME: _name,
    Column.SHORT_NAME: _short_name,
    Column.CREDIT_CODE: _credit_code,
    Column.HEADCOUNT: _headcount,
    Column.INCOME: _income,
    Column.CHANNEL: _channel,
    Column.TIER: _tier,
    Column.PHONE: _phone,
    Column.WEBSITE: _website,
}
