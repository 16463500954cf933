"""The catalogues say everything, in step with the sources, and Traditional Chinese is written, not converted (13-proof 7)."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import polib
import pytest
from opencc import OpenCC

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("kam", "accounts", "visits", "campaigns", "kpi", "templates", "tools", "locale")
LANGUAGES = ("zh_Hans", "zh_Hant")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|(?<!%)%[sd]|\{\w*\}")
TAG = re.compile(r"</?\w+")

#: What an office in Taipei or Hong Kong calls it. Character for character from Simplified Chinese it would be another word.
TRADITIONAL_TERMS = {
    "Save": "儲存",
    "Search": "搜尋",
    "Print": "列印",
    "File": "檔案",
    "Fonts": "字型",
    "Disk": "磁碟",
    "Default": "預設",
    "Setting": "設定",
    "user": "使用者",
    "Sign in": "登入",
    "Sign out": "登出",
    "sessions": "工作階段",
    "Import": "匯入",
    "Export": "匯出",
    "Open": "開啟",
    "Apply": "套用",
    "Undo": "復原",
    "Columns": "欄位",
    "rows": "列",
    "List": "清單",
    "Views": "檢視",
    "Keys": "快速鍵",
    "Theme": "佈景主題",
    "new tab": "新分頁",
    "Approvals": "簽核",
    "Approve": "核准",
    "Approval route": "簽核流程",
    "Audit": "稽核",
    "audit entries": "稽核紀錄",
    "Person": "聯絡人",
    "Contact data": "聯絡方式",
    "Channel": "通路類別",
    "Industry": "產業",
    "Koala": "無尾熊",
    "Length of contract": "合約年限",
    "Partner": "合作夥伴",
    "Week": "週",
    "Visit plan": "拜訪計畫",
    "Question outline": "提問大綱",
    "Jobs": "背景工作",
    "Add": "新增",
    "Timeline": "時間軸",
    "Marketing director": "行銷總監",
    "Joined on": "到職日期",
    "Estimated cost (yuan)": "預估費用（元）",
    "Send again": "重新寄送",
    "Open the inbox": "開啟收件匣",
    "Please wait a little": "請稍候再試",
}
#: Words of the mainland, in Traditional characters: none may stand in a Traditional text.
FOREIGN_TO_TRADITIONAL = (
    *(
        "軟件",
        "信息",
        "默認",
        "打印",
        "保存",
        "登錄",
        "賬號",
        "帳戶",
        "數據庫",
        "服務器",
        "網絡",
        "鼠標",
        "郵箱",
    ),
    *(
        "搜索",
        "導入",
        "導出",
        "聯系",
        "計劃",
        "單元格",
        "字符",
        "界面",
        "鏈接",
        "短信",
        "視頻",
        "口令",
        "營銷",
    ),
)

#: Characters of Traditional Chinese that a conversion, seeing them alone, would replace.
WRITTEN_ALIKE = "台里后面干系只余布占才范群准于借制采周吃着"


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))


def texts_of(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def terms(language: str) -> dict[str, str]:
    return {entry.msgid: texts_of(entry)[0] for entry in catalogue(language) if not entry.msgctxt}


def keys(entries: polib.POFile) -> set[tuple[str | None, str, str]]:
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in entries}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_untranslated_or_fuzzy(language):
    entries = catalogue(language)
    assert [entry.msgid for entry in entries.untranslated_entries()] == []
    assert [entry.msgid for entry in entries.fuzzy_entries()] == []
    assert [entry.msgid for entry in entries.obsolete_entries()] == []


def placeholder_faults(entries: list[polib.POEntry]) -> list[str]:
    """Return the texts whose placeholders or tags are not those of one of the English forms."""
    faults = []
    for entry in entries:
        english = [
            Counter(PLACEHOLDER.findall(text) + TAG.findall(text))
            for text in (entry.msgid, entry.msgid_plural)
        ]
        faults += [
            f"{entry.msgid!r} → {text!r}"
            for text in texts_of(entry)
            if Counter(PLACEHOLDER.findall(text) + TAG.findall(text)) not in english
        ]
    return faults


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_those_of_the_english_text(language):
    assert placeholder_faults(catalogue(language)) == []


def test_a_lost_placeholder_is_found():
    entry = polib.POEntry(msgid="%(n)s units of %(name)s", msgstr="%(n)s 家单位")
    assert placeholder_faults([entry]) == ["'%(n)s units of %(name)s' → '%(n)s 家单位'"]


def test_texts_are_asked_for_by_names_that_xgettext_knows():
    """Under any other name than `_` a text would never reach the translators, and nothing would miss it."""
    other = re.compile(r"\b[np]{0,2}gettext(?:_lazy|_noop)? as (?!_\b)\w+")
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for name in ("kam", "accounts", "visits", "campaigns", "kpi")
        for path in (ROOT / name).rglob("*.py")
        for match in other.finditer(path.read_text("utf-8"))
    ]
    assert found == []


def test_no_text_stands_inside_an_f_string():
    """Before Python 3.12 xgettext sees an f-string as one text, and not what is asked for inside it."""
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for name in ("kam", "accounts", "visits", "campaigns", "kpi")
        for path in (ROOT / name).rglob("*.py")
        if "gettext" in (source := path.read_text("utf-8"))
        for text in ast.walk(ast.parse(source))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and re.fullmatch(r"_|[np]{0,2}gettext(_lazy|_noop)?", call.func.id)
    ]
    assert found == []


def test_catalogues_are_in_step_with_the_sources(tmp_path):
    for name in SOURCES:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    shutil.copy(ROOT / "manage.py", tmp_path)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "kam.settings"}
    run = subprocess.run(
        [sys.executable, "tools/messages.py"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout.splitlines()[-1:]) == (0, ["0 missing"]), run.stdout + run.stderr
    for language in LANGUAGES:
        renewed = polib.pofile(str(tmp_path / "locale" / language / "LC_MESSAGES" / "django.po"))
        assert keys(catalogue(language)) == keys(renewed), "run `make messages`"


def test_traditional_chinese_is_no_conversion_of_the_simplified_texts():
    convert = OpenCC("s2t").convert
    simplified, traditional = terms("zh_Hans"), terms("zh_Hant")
    assert len(TRADITIONAL_TERMS) >= 40
    assert {english: traditional[english] for english in TRADITIONAL_TERMS} == TRADITIONAL_TERMS
    converted = [
        english for english in TRADITIONAL_TERMS if convert(simplified[english]) == traditional[english]
    ]
    assert converted == []


def test_traditional_texts_use_no_words_of_the_mainland():
    found = [
        (word, text)
        for entry in catalogue("zh_Hant")
        for text in texts_of(entry)
        for word in FOREIGN_TO_TRADITIONAL
        if word in text
    ]
    assert found == []


def test_traditional_texts_hold_no_simplified_characters():
    """A character that a conversion would change is a slip; what both scripts write alike, or quote on purpose, is none."""
    convert = OpenCC("s2t").convert
    quoted = {
        "简体中文",
        "沒有找到單位名稱欄，標題應為「单位名称」或 Name。",
        "每行一項：分值 | English | 简体 | 繁體。以 # 開頭的行是標題。",
    }
    slips = {
        (character, text)
        for entry in catalogue("zh_Hant")
        for text in texts_of(entry)
        for character in text
        if text not in quoted and character not in WRITTEN_ALIKE and convert(character) != character
    }
    assert slips == set()
