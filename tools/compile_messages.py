"""Compile locale/*/LC_MESSAGES/*.po to .mo where the source is newer. Pure Python: no gettext on the machine needed."""

import os
from pathlib import Path

import polib


def main() -> None:
    for source in sorted(Path(__file__).resolve().parent.parent.glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            draft = target.with_name(f"{target.name}.{os.getpid()}")
            polib.pofile(str(source)).save_as_mofile(str(draft))
            draft.replace(target)


if __name__ == "__main__":
    main()
