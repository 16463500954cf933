"""Bring locale/*/LC_MESSAGES/django.po in step with the sources: `python tools/messages.py [--fill FILE.tsv …]`.

Needs gettext's xgettext. `--fill` takes lines `English<TAB>zh-hans<TAB>zh-hant` and enters them where a translation is missing. Prints what is still
missing and exits with 1 then. A text with a context may be written `context|English`. Plural forms take the singular's translation: Chinese has one form.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = {"zh_Hans": 1, "zh_Hant": 2}
IGNORED = ("node_modules/*", "var/*", ".venv/*", "tests/*", "bench/*")


def extract() -> None:
    """Run makemessages for both languages, without places in the files and without obsolete entries."""
    command = [
        sys.executable,
        "manage.py",
        "makemessages",
        "--no-location",
        "--no-obsolete",
        "-v0",
        "-e",
        "html,txt,py,xml",
    ]
    command += [part for language in LANGUAGES for part in ("-l", language)]
    command += [part for pattern in IGNORED for part in ("-i", pattern)]
    subprocess.run(command, cwd=ROOT, check=True)


def read_table(files: list[Path]) -> dict[str, tuple[str, ...]]:
    """Return English → (English, zh-hans, zh-hant)."""
    table = {}
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            cells = tuple(cell.replace("\\n", "\n") for cell in line.split("\t"))
            if len(cells) >= 3 and cells[1] and cells[2]:
                table[cells[0]] = cells[:3]
    return table


def fill(table: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Enter what the table knows; yield (language, msgid) for what stays missing."""
    for language, column in LANGUAGES.items():
        path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
        catalogue = polib.pofile(str(path), wrapwidth=140)
        for entry in catalogue:
            if entry.fuzzy:
                entry.flags.remove("fuzzy")
                entry.msgstr, entry.msgstr_plural = "", dict.fromkeys(entry.msgstr_plural, "")
            known = table.get(f"{entry.msgctxt}|{entry.msgid}") or table.get(entry.msgid)
            if known and not entry.translated():
                if entry.msgid_plural:
                    plural = table.get(entry.msgid_plural, known)
                    entry.msgstr_plural = {0: plural[column]}
                else:
                    entry.msgstr = _with_ends(entry.msgid, known[column])
            if not entry.translated():
                yield language, entry.msgid
        catalogue.metadata = {
            "Project-Id-Version": "KAM",
            "Language": language,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": "nplurals=1; plural=0;",
        }
        catalogue.metadata_is_fuzzy = False
        catalogue.header = ""
        catalogue.save(str(path))


def _with_ends(source: str, text: str) -> str:
    """Return `text` with the leading and trailing line breaks of `source`, which msgfmt compares."""
    text = text.strip("\n")
    return ("\n" if source.startswith("\n") else "") + text + ("\n" if source.endswith("\n") else "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fill", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    (ROOT / "locale").mkdir(exist_ok=True)
    extract()
    missing = sorted(set(fill(read_table(options.fill))))
    for language, text in missing:
        print(f"{language}\t{text!r}")
    print(f"{len(missing)} missing")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
