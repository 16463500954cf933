"""Compile locale/*/LC_MESSAGES/*.po to .mo where the source is newer. Pure Python: no gettext on the machine needed."""

from pathlib import Path

import polib


def main() -> None:
    for source in sorted(Path(__file__).resolve().parent.parent.glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))


if __name__ == "__main__":
    main()
