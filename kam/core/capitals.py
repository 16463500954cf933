"""Sums in the characters that cannot be changed afterwards (大写金额), as receipts and claims carry them. No Django here.

The People's Bank's rules for filling in bills: a gap in the digits is one 零, however many noughts it has; a sum that ends with 元 or 角
closes with 整, one that ends with 分 does not; between 元 and 分 an empty 角 is a 零. Where the rules leave a 零 free (an empty 元 before 角,
an empty 万 before 仟) none is written.

Above 9,999 亿 the same words count 亿 (壹万亿), as the statistics office writes them: 兆 is 10^6 to some readers and 10^12 to others. The largest sum
that any column of the house holds has words, so no paper is refused for its sum.
"""

from dataclasses import dataclass
from decimal import Decimal

from kam.core.money import to_cents

#: Above it 亿 would be counted in 亿.
MOST = Decimal("9999999999999999.99")


@dataclass(frozen=True, slots=True)
class Script:
    """The characters of one script: digits, ten thousand, 10^8, currency, less than nothing, places of a group of four."""

    digits: str
    myriad: str
    yi: str
    currency: str
    minus: str
    places: tuple[str, ...] = ("仟", "佰", "拾", "")


SIMPLIFIED = Script("零壹贰叁肆伍陆柒捌玖", "万", "亿", "人民币", "负")
TRADITIONAL = Script("零壹貳參肆伍陸柒捌玖", "萬", "億", "人民幣", "負")


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
    said, is_gap, digits = "", False, f"{whole:016d}"
    for at in range(0, len(digits), len(script.places)):
        part = ""
        for digit, place in zip(digits[at:], script.places, strict=False):
            if digit == "0":
                is_gap = True
                continue
            part += (script.digits[0] if is_gap and said + part else "") + script.digits[int(digit)] + place
            is_gap = False
        said += part
        if part and at in {0, 8}:
            said, is_gap = said + script.myriad, False
        elif at == 4 and said:
            said, is_gap = said + script.yi, is_gap and not part
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
