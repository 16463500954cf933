"""How a name is made comparable and findable: one spelling, its sound, and its pieces.

Two names are the same when their keys are: full and half width, blanks, punctuation, traditional characters and the company's
legal form make no difference (12-decisions 29). A name is found by any part of it, by its sound in Latin letters and by the first
letters of its syllables, in every reading its characters have.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import combinations, pairwise, product

#: Legal forms at the end of a Chinese name, longest first. "分公司" stays: a branch is a unit of its own.
COMPANY_SUFFIXES = (
    "股份有限公司",
    "有限责任公司",
    "集团公司",
    "股份公司",
    "有限公司",
    "集团",
    "股份",
)
_PLAIN_COMPANY = re.compile(r"(?<![分子总支])公司$")
_LATIN_SUFFIXES = re.compile(
    r"(?:[\s,.&]+(?:co|company|ltd|limited|inc|corp|corporation|group|plc|llc)\.?)+[\s.]*$"
)
_LATIN_WORD = re.compile(r"[a-z0-9]+")
_KEPT_LENGTH = 2

#: Readings that a character has as a family name, most of them not its usual one.
SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "区": "ou", "查": "zha", "任": "ren", "朴": "piao",
    "盖": "ge", "华": "hua", "燕": "yan", "宁": "ning", "葛": "ge", "乐": "yue", "员": "yun", "覃": "qin",
    "尉": "wei", "翟": "zhai", "召": "shao", "洗": "xian", "冼": "xian", "缪": "miao", "逄": "pang", "折": "she",
    "种": "chong", "重": "chong", "黑": "he", "秘": "bi", "会": "gui", "过": "guo", "那": "na", "万": "wan",
    "长": "zhang", "藏": "zang", "都": "du", "祭": "zhai", "乜": "nie", "句": "gou", "郇": "huan", "应": "ying",
    "纪": "ji", "俞": "yu", "於": "yu", "邵": "shao", "石": "shi", "车": "che", "隗": "wei", "訾": "zi",
}  # fmt: skip
DOUBLE_SURNAMES = {
    "尉迟": ("yu", "chi"),
    "万俟": ("mo", "qi"),
    "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"),
    "令狐": ("ling", "hu"),
    "单于": ("chan", "yu"),
}

#: How many spellings of one name are kept. The usual one comes first, then those that differ in one character, then in two.
MAX_SPELLINGS = 24
INITIAL_MARK, SOUND_MARK = "~", "^"
#: The columns that keep spellings hold this many letters; what does not fit is left out, the usual spelling last of all.
MAX_KEY_LENGTH = 300
MAX_NAME_KEY = 200
_SOUND_PIECE = 3


@dataclass(frozen=True, slots=True)
class SearchKeys:
    """What a row keeps so that it is found: see `kam.search.services.find`."""

    name_key: str
    pinyin: str
    initials: str
    bigrams: list[str]


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    """Return the table traditional → simplified, a character at a time: enough for a key, and fast."""
    text = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines() if "\t" in line)
    return {ord(source): target.split(" ")[0] for source, target in pairs if len(source) == 1}


@lru_cache(maxsize=2_000)
def fold(text: str) -> str:
    """Return `text` with one width, one script, small letters and single blanks."""
    folded = unicodedata.normalize("NFKC", text).translate(_simplified()).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def _only_letters(text: str, instead: str) -> str:
    """Return `text` with `instead` for whatever is no letter; most names have nothing else."""
    return text if text.isalnum() else "".join(c if _is_letter(c) else instead for c in text)


@lru_cache(maxsize=2_000)
def normalise_name(name: str) -> str:
    """Return the key under which two spellings of one unit meet; empty only for a name without letters.

    Applied twice it changes nothing. A name that is nothing but a legal form keeps it.
    """
    text = fold(name)
    text = _strip_latin(text)
    key = _only_letters(text, "")
    if key in COMPANY_SUFFIXES:
        return key
    key = key[:MAX_NAME_KEY]
    while (shorter := _strip_chinese(key)) != key:
        key = shorter
    return key


def _strip_latin(text: str) -> str:
    shorter = _LATIN_SUFFIXES.sub("", text)
    return shorter if len(shorter) >= _KEPT_LENGTH else text


def _strip_chinese(key: str) -> str:
    for suffix in COMPANY_SUFFIXES:
        if key.endswith(suffix) and len(key) - len(suffix) >= _KEPT_LENGTH:
            return key[: -len(suffix)]
    shorter = _PLAIN_COMPANY.sub("", key)
    return shorter if len(shorter) >= _KEPT_LENGTH else key


def is_han(character: str) -> bool:
    """Say whether `character` is a Chinese character, rare ones beyond the basic plane included."""
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or "\U00020000" <= character <= "\U000323af"
        or character == "\u3007"
    )


@lru_cache(maxsize=20_000)
def readings(character: str) -> tuple[str, ...]:
    """Return every reading of a character without tones, the usual one first; () for one without a known sound."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 -- its dictionary takes a second to load; only searching pays

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(_plain(sound) for sound in found[0])) if found else ()


def _plain(sound: str) -> str:
    return sound.replace("ü", "v").replace("ê", "e")


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, list[list[str]]], int]:
    """Return the dictionary of words with their sounds, and the length of the longest word worth looking for."""
    from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415 -- see readings()

    return phrases_dict, 6


@lru_cache(maxsize=20_000)
def _without_tones(word: str) -> tuple[str, ...]:
    from pypinyin.contrib.tone_convert import to_normal  # noqa: PLC0415 -- see readings()

    return tuple(_plain(to_normal(sounds[0])) for sounds in _words()[0][word])


def _usual_readings(text: str) -> list[str]:
    """Return one sound a character ("" where unknown), as the longest known words have it: 重庆 chong qing, 银行 yin hang."""
    words, longest = _words()
    found: list[str] = []
    while len(found) < len(text):
        start = len(found)
        sizes = range(min(longest, len(text) - start), 1, -1)
        word = next((text[start : start + size] for size in sizes if text[start : start + size] in words), "")
        found += _without_tones(word) if word else [next(iter(readings(text[start])), "")]
    return found


def syllables(name: str, *, person: bool = False) -> list[tuple[str, ...]]:
    """Return per character (or Latin word) of `name` its readings, the most likely first."""
    text = _only_letters(fold(name), " ")
    found: list[tuple[str, ...]] = []
    for word in re.findall(r"[a-z0-9]+|[^a-z0-9\s]+", text):
        found += [(word,)] if _LATIN_WORD.fullmatch(word) else _readings_of(word)
    return _with_surname(text.strip(), found) if person else found


def _readings_of(word: str) -> list[tuple[str, ...]]:
    pairs = zip(_usual_readings(word), word, strict=False)
    every = [tuple(dict.fromkeys((first, *readings(character)))) for first, character in pairs]
    return [sounds for sounds in every if sounds != ("",)]


def _with_surname(text: str, found: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    family = DOUBLE_SURNAMES.get(text[:2]) or ((SURNAMES[text[0]],) if text[:1] in SURNAMES else ())
    for place, sound in enumerate(family[: len(found)]):
        found[place] = tuple(dict.fromkeys((sound, *found[place])))
    return found


def _spellings(parts: list[tuple[str, ...]]) -> Iterator[list[str]]:
    """Yield the likely spelling, then every other: one character read differently, then two, then all."""
    first = [readings_[0] for readings_ in parts]
    yield first
    several = [place for place, readings_ in enumerate(parts) if len(readings_) > 1]
    for count in range(1, len(several) + 1):
        for places in combinations(several, count):
            for sounds in product(*(parts[place][1:] for place in places)):
                spelling = list(first)
                for place, sound in zip(places, sounds, strict=True):
                    spelling[place] = sound
                yield spelling


def _first_distinct(texts: Iterable[str]) -> list[str]:
    kept: dict[str, None] = {}
    for tried, text in enumerate(texts):
        if len(kept) == MAX_SPELLINGS or tried == MAX_SPELLINGS * 20:
            break
        kept.setdefault(text)
    return list(kept)


def pinyin_keys(name: str, *, person: bool = False) -> tuple[str, str]:
    """Return (full, initials) of every reading, separated by blanks: 泉州商会 → ("quanzhoushanghui …", "qzsh …").

    With `person` the first character is read as a family name first (单 shan, 尉迟 yu chi).
    """
    return _keys_of(syllables(name, person=person))


def _keys_of(parts: list[tuple[str, ...]]) -> tuple[str, str]:
    if not parts:
        return "", ""
    full = _first_distinct("".join(sounds) for sounds in _spellings(parts))
    initials = _first_distinct("".join(sounds) for sounds in _spellings(_letters(parts)))
    return _fitting(full), _fitting(initials)


def _fitting(spellings: Iterable[str]) -> str:
    """Return as many spellings as the column holds, separated by blanks."""
    kept = ""
    for spelling in spellings:
        longer = f"{kept} {spelling}".strip()
        if len(longer) > MAX_KEY_LENGTH:
            break
        kept = longer
    return kept or next(iter(spellings), "")[:MAX_KEY_LENGTH]


def _letters(parts: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [tuple(dict.fromkeys(sound[:1] for sound in sounds)) for sounds in parts]


def _sound_pieces(parts: list[tuple[str, ...]]) -> set[str]:
    """Return how the name sounds from each syllable on, three letters long: quanzhou → qua, zho."""
    found: set[str] = set()
    after = {""}
    for sounds in reversed(parts):
        after = {(sound + rest)[:_SOUND_PIECE] for sound in sounds for rest in after}
        found |= after
    return found


def _initial_pieces(parts: list[tuple[str, ...]]) -> set[str]:
    letters = _letters(parts)
    return {one + other for left, right in pairwise(letters) for one in left for other in right}


def pieces(text: str, size: int) -> list[str]:
    """Return the distinct pieces of `size` characters, sorted; a shorter text is its own piece."""
    if len(text) <= size:
        return [text] if text else []
    return sorted({text[start : start + size] for start in range(len(text) - size + 1)})


def bigrams(text: str) -> list[str]:
    """Return the distinct pairs of neighbouring letters of each word, and each single Chinese character; sorted.

    Whatever part of a name is typed, its pairs are among the name's: an array index answers two characters as fast as ten.
    """
    found: set[str] = set()
    for word in _only_letters(fold(text), " ").split():
        found.update(pieces(word, 2))
        found.update(character for character in word if is_han(character))
    return sorted(found)


def search_keys(name: str, *others: str, person: bool = False) -> SearchKeys:
    """Return all keys of a row: `name` is read aloud, `others` (short name, English name) are found by their parts too."""
    full: dict[str, None] = {}
    initials: dict[str, None] = {}
    grams = set(bigrams(" ".join((name, *others))))
    for text in (name, *others):
        if not any(is_han(character) for character in text):
            continue
        parts = syllables(text, person=person)
        sounds, letters = _keys_of(parts)
        full |= dict.fromkeys(sounds.split())
        initials |= dict.fromkeys(letters.split())
        grams.update(SOUND_MARK + piece for piece in _sound_pieces(parts))
        grams.update(INITIAL_MARK + piece for piece in _initial_pieces(parts))
    return SearchKeys(normalise_name(name), _fitting(full), _fitting(initials), sorted(grams))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person typed, taken apart: `text` as parts of the name, `sound` when it may be pinyin."""

    text: str
    grams: list[str]
    initial_grams: list[str]
    sound_grams: list[str]
    code: str
    phone: str


def _telling(grams: list[str]) -> list[str]:
    """Leave out Chinese characters that stand in a pair: whoever has the pair has them, and the index would read a long list of each for nothing.

    A Latin letter is kept of a word of one letter only, so a pair says nothing of it.
    """
    paired = {letter for gram in grams if len(gram) > 1 for letter in gram if is_han(letter)}
    return [gram for gram in grams if len(gram) > 1 or gram not in paired]


_PHONE = re.compile(r"[+\d][\d\s()\-]{5,24}")
_CODE = re.compile(r"[0-9A-Z]{18}")


def wanted(query: str) -> Wanted:
    """Take a query apart. Empty lists mean: not that kind of query."""
    text = fold(query)
    letters = "".join(c for c in text if _is_letter(c))
    latin = letters if letters.isascii() and letters.isalpha() else ""
    code = letters.upper()
    digits = re.sub(r"\D", "", text)
    return Wanted(
        text=text,
        grams=_telling(bigrams(text)),
        initial_grams=[INITIAL_MARK + piece for piece in pieces(latin, 2)] if len(latin) > 1 else [],
        sound_grams=[SOUND_MARK + latin[:_SOUND_PIECE]] if len(latin) >= _SOUND_PIECE else [],
        code=code if _CODE.fullmatch(code) else "",
        phone=digits if _PHONE.fullmatch(text) else "",
    )
