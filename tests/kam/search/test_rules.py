"""Names meet under one key, and are found by parts, sound and initials."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kam.search.rules import bigrams, normalise_name, pinyin_keys, search_keys, wanted

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
NAMES = st.text(st.one_of(HAN, st.sampled_from("ABCxyz019 （）()公司集团有限股份")), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("泉州商会", "泉州商會"),
        ("  太原芦淞０７８有限责任公司 ", "太原芦淞078"),
        ("株洲恒泰集团有限公司", "株洲恒泰股份有限公司"),
        ("株洲恒泰（集团）有限公司", "株洲恒泰"),
        ("臺州電力公司", "台州电力"),
        ("Acme Co., Ltd.", "ACME"),
        ("福建石油　分公司", "福建石油分公司"),
    ],
)
def test_spellings_of_one_unit_meet(one, other):
    assert normalise_name(one) == normalise_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("泉州商会", "泉州总商会"),
        ("福建石油分公司", "福建石油公司"),
        ("台州017市财政局", "台州018市财政局"),
        ("Zinc", "Z"),
    ],
)
def test_different_units_stay_apart(one, other):
    assert normalise_name(one) != normalise_name(other)


def test_a_name_that_is_only_a_legal_form_keeps_it():
    assert normalise_name("有限公司") == "有限公司"
    assert normalise_name("集团") == "集团"


@given(NAMES)
def test_normalising_twice_changes_nothing(name):
    once = normalise_name(name)
    assert normalise_name(once) == once


@given(st.text(max_size=40))
def test_any_text_has_keys(text):
    keys = search_keys(text)
    assert keys.bigrams == sorted(set(keys.bigrams))
    assert len(keys.pinyin.split()) <= 24


def test_sound_and_initials():
    full, initials = pinyin_keys("泉州商会")
    assert full.split()[0] == "quanzhoushanghui"
    assert initials.split()[0] == "qzsh"


def test_words_decide_the_usual_reading_and_every_other_is_kept():
    full, initials = pinyin_keys("重庆银行")
    assert full.split()[0] == "chongqingyinhang"
    assert "zhongqingyinhang" in full.split()
    assert {"cqyh", "zqyh", "cqyx"} <= set(initials.split())


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("单雄信", "shanxiongxin"),
        ("曾国藩", "zengguofan"),
        ("尉迟恭", "yuchigong"),
        ("区伟明", "ouweiming"),
        ("仇英", "qiuying"),
    ],
)
def test_family_names_are_read_as_family_names(name, full):
    assert pinyin_keys(name, person=True)[0].split()[0] == full


def test_what_has_no_sound_has_no_keys():
    assert pinyin_keys("（）") == ("", "")


def test_latin_words_keep_their_letters():
    assert pinyin_keys("ABC 商会 12") == ("abcshanghui12 abcshangkuai12", "ash1 ask1")


@given(st.text(HAN, min_size=2, max_size=12), st.data())
def test_every_part_of_a_name_has_its_pairs_among_the_names_pairs(name, data):
    start = data.draw(st.integers(0, len(name) - 2))
    end = data.draw(st.integers(start + 2, len(name)))
    assert set(bigrams(name[start:end])) <= set(bigrams(name))


@given(st.text(HAN, min_size=1, max_size=8))
def test_the_initials_and_sounds_a_name_has_are_found_among_its_pieces(name):
    keys = search_keys(name)
    for initials in keys.initials.split():
        assert set(wanted(initials).initial_grams) <= set(keys.bigrams)
    for sound in keys.pinyin.split():
        assert set(wanted(sound).sound_grams) <= set(keys.bigrams)


@example("ab", "a ab")
@example("厂a", "厂a a")
@given(st.text("厂长沙ab ", max_size=6), st.text("厂长沙ab ", min_size=1, max_size=4))
def test_letters_left_out_of_a_query_find_the_same_names(name, query):
    kept = set(bigrams(name))
    assert (set(wanted(query).grams) <= kept) == (set(bigrams(query)) <= kept)


def test_a_query_is_taken_apart():
    assert wanted("qzsh").initial_grams == ["~qz", "~sh", "~zs"]
    assert wanted("商会").grams == ["商会"]
    assert wanted("会 商会").grams == ["商会"]
    assert wanted("店 商会").grams == ["商会", "店"]
    assert wanted("0731-2446 8285").phone == "073124468285"
    assert wanted("91417776r63f0wtcd8").code == "91417776R63F0WTCD8"
    assert wanted("商会").phone == wanted("商会").code == ""
