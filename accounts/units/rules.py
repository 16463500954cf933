"""What a unit's values must look like: the credit code's check character, and the shape of each observed value.

Observed values come from people who type fast on a phone: "1.2万", "110–140㎡" and "3,200" are understood; what cannot be
understood is refused with a code that the service turns into a sentence. See docs/domain/units.md.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation, Overflow
from typing import Any, Protocol, TypeVar

from accounts.units.terms import FIELD_SPECS, Field, FieldKind

#: GB 32100-2015: 31 characters, weights are powers of three modulo 31.
_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_LENGTH = 18
MAX_TEXT = 1000
MAX_COUNT = 100_000_000
MAX_AMOUNT = Decimal("999999999999.99")
_WAN = Decimal(10_000)


class Dated(Protocol):
    """Something that was learned on a day."""

    @property
    def learned_on(self) -> Any: ...


D = TypeVar("D", bound=Dated)
Value = int | str | dict[str, str] | None


class ValueRefusedError(ValueError):
    """A value does not have its field's shape; `code` says how."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def in_force(history: Sequence[D], day: date) -> D | None:
    """Return what was known on `day`: of `history`, in the order of the days learned, the last one that is not later."""
    return next((row for row in reversed(history) if row.learned_on <= day), None)


def is_newest(history: Sequence[Dated], day: date) -> bool:
    """Say whether a value learned on `day` is what counts now: nothing of `history` was learned later."""
    return not history or history[-1].learned_on <= day


def normalise_credit_code(code: str) -> str:
    """Return a credit code in one spelling: narrow capitals without blanks."""
    return "".join(unicodedata.normalize("NFKC", code).upper().split()).replace("-", "")


def credit_code_problem(code: str) -> str:
    """Return "" for a valid unified social credit code, else "shape" or "checksum"."""
    if len(code) != _CODE_LENGTH or any(character not in _CODE_CHARACTERS for character in code):
        return "shape"
    total = sum(
        _CODE_CHARACTERS.index(character) * pow(3, place, 31) for place, character in enumerate(code[:-1])
    )
    return "" if _CODE_CHARACTERS[-total % 31] == code[-1] else "checksum"


def phone_key(phone: str) -> str:
    """Return only the digits of a telephone number, without the country code of China."""
    digits = "".join(c for c in unicodedata.normalize("NFKC", phone) if c in "0123456789")
    return digits.removeprefix("86") if len(digits) > len("13800000000") else digits


def clean_value(field: Field, raw: object) -> Value:
    """Return `raw` in the shape of `field`, None for nothing; raise ValueRefusedError where it has another shape."""
    spec = FIELD_SPECS[field]
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if spec.kind in _READERS:
        return _READERS[spec.kind](raw)
    return _choice(raw, spec.choices)


def _text(raw: object) -> str:
    text = str(raw).strip()
    if len(text) > MAX_TEXT:
        raise ValueRefusedError("too_long")
    return text


def _number(raw: object) -> Decimal:
    text = unicodedata.normalize("NFKC", str(raw)).strip()
    text = re.sub(r"[,\s¥￥]|元|人|年|平方米|m2|㎡", "", text)
    factor = Decimal(1)
    if text.endswith(("万", "萬")):
        text, factor = text[:-1], _WAN
    try:
        number = Decimal(text) * factor
    except InvalidOperation:
        raise ValueRefusedError("number") from None
    except Overflow:
        raise ValueRefusedError("range") from None
    if not number.is_finite() or not 0 <= number <= MAX_AMOUNT:
        raise ValueRefusedError("range")
    return abs(number)  # "-0" is nought


def _plain(number: Decimal) -> str:
    """Write a number as it is kept: no exponent, no trailing zeros, at most two decimals."""
    if number != number.quantize(Decimal("0.01")):
        raise ValueRefusedError("decimals")
    return f"{number.normalize():f}"


def _count(raw: object) -> int:
    number = _number(raw)
    if number != number.to_integral_value():
        raise ValueRefusedError("whole")
    if number > MAX_COUNT:
        raise ValueRefusedError("range")
    return int(number)


def _scale(raw: object) -> int:
    number = _count(raw)
    if not 1 <= number <= 5:
        raise ValueRefusedError("scale")
    return number


def _range(raw: object) -> dict[str, str]:
    first, last = _ends(raw)
    if last < first:
        raise ValueRefusedError("order")
    return {"from": _plain(first), "to": _plain(last)}


def _ends(raw: object) -> tuple[Decimal, Decimal]:
    if isinstance(raw, dict):
        parts: list[object] = [raw.get("from"), raw.get("to")]
    elif isinstance(raw, tuple | list):
        parts = list(raw)
    else:
        parts = list(re.split(r"\s*(?:[-–—~～至到])\s*", unicodedata.normalize("NFKC", str(raw)).strip()))
    told = [part for part in parts if part not in (None, "")]
    if not 1 <= len(told) <= 2:
        raise ValueRefusedError("ends")
    return _number(told[0]), _number(told[-1])


def _choice(raw: object, choices: tuple[str, ...]) -> str:
    text = {True: "yes", False: "no"}.get(raw, str(raw)) if isinstance(raw, bool) else str(raw)
    if text not in choices:
        raise ValueRefusedError("choice")
    return text


def _money(raw: object) -> str:
    return _plain(_number(raw))


_READERS: Mapping[FieldKind, Callable[[object], Value]] = {
    FieldKind.TEXT: _text,
    FieldKind.COUNT: _count,
    FieldKind.MONEY: _money,
    FieldKind.SCALE: _scale,
    FieldKind.RANGE: _range,
}
