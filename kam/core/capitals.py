"""Sums in the characters that cannot be changed afterwards (大写金额), as receipts and claims carry them. No Django here.

The People's Bank's rules for filling in bills: a gap in the digits is one 零, however many noughts it has; a sum that ends with 元 or 角
closes with 整, one that ends with 分 does not; between 元 and 分 an empty 角 is a 零. Where the rules leave a 零 free (an empty 元 before 角,
an empty 万 before 仟) none is written.
"""

from dataclasses import dataclass
from decimal import Decimal

from kam.core.money import to_cents

#: Above it there is no word that both scripts read alike (兆).
MOST = Decimal("999999999999.99")


@dataclass(frozen=True, slots=True)
class Script:
    """The characters of one script: digits, places of a group of four, names of the groups, currency, cents, less than nothing."""

    digits: str
    groups: tuple[str, ...]
    currency: str
    minus: str
    places: tuple[str, ...] = ("仟", "佰", "拾", "")


SIMPLIFIED = Script("零壹贰叁肆伍陆柒捌玖", ("亿", "万", ""), "人民币", "负")
TRADITIONAL = Script("零壹貳參肆伍陸柒捌玖", ("億", "萬", ""), "人民幣", "負")


def in_capitals(amount: Decimal, script: Script) -> str:
    """Return a sum in yuan as 人民币壹万贰仟元整, to the cent; ValueError for a sum that no paper of the house carries."""
    amount = to_cents(amount)
    if abs(amount) > MOST:
        raise ValueError(f"{amount} has no words in capitals")
    whole, cents = divmod(int(abs(amount) * 100), 100)
    sign = script.minus if amount < 0 else ""
    return script.currency + sign + _yuan(whole, script) + _cents(cents, script, after_yuan=whole > 0)


def _yuan(whole: int, script: Script) -> str:
    """Return the yuan with their 元, "" where there are none."""
    said, is_gap, digits = "", False, f"{whole:012d}"
    for group, name in zip((digits[:4], digits[4:8], digits[8:]), script.groups, strict=True):
        part = ""
        for digit, place in zip(group, script.places, strict=True):
            if digit == "0":
                is_gap = True
                continue
            part += (script.digits[0] if is_gap and said + part else "") + script.digits[int(digit)] + place
            is_gap = False
        if part:
            said, is_gap = said + part + name, False
    return said + "元" if said else ""


def _cents(cents: int, script: Script, *, after_yuan: bool) -> str:
    """Return 角 and 分, or what closes a sum that has none."""
    jiao, fen = divmod(cents, 10)
    if not cents:
        return "整" if after_yuan else f"{script.digits[0]}元整"
    if not fen:
        return f"{script.digits[jiao]}角整"
    if not jiao:
        return (script.digits[0] if after_yuan else "") + f"{script.digits[fen]}分"
    return f"{script.digits[jiao]}角{script.digits[fen]}分"
