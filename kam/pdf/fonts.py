"""Fonts for WeasyPrint: real TrueType files from npm, found by a fontconfig file of our own.

Never the split web fonts: with them a PDF shows wrong Chinese characters instead of boxes.
"""

import os
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from kam.pdf.terms import FALLBACKS, FAMILIES, WEIGHTS


def font_folders() -> list[Path]:
    """Return the folders that hold the fonts; ImproperlyConfigured names the first one missing."""
    packages = sorted({package for _, package in (*FAMILIES.values(), *FALLBACKS)})
    folders = []
    for package in packages:
        root = Path(settings.NODE_MODULES) / "@expo-google-fonts" / package
        if not (root / WEIGHTS[0]).is_dir():
            raise ImproperlyConfigured(f"Font package {package} is not installed: run `npm ci`.")
        folders += [root / weight for weight in WEIGHTS if (root / weight).is_dir()]
    return folders


@cache
def use_fonts() -> Path:
    """Write the fontconfig file, point FONTCONFIG_FILE at it and return it. Call before WeasyPrint is imported."""
    target = Path(settings.VAR_DIR) / "fontconfig" / "fonts.conf"
    target.parent.mkdir(parents=True, exist_ok=True)
    folders = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in font_folders())
    last = "".join(
        f"<string>{family}</string>"
        for family in dict.fromkeys(f for f, _ in (*FAMILIES.values(), *FALLBACKS))
    )
    target.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"{folders}<cachedir>{escape(str(target.parent / 'cache'))}</cachedir>"
        f'<match target="pattern"><edit name="family" mode="append_last">{last}</edit></match>'
        "</fontconfig>",
        encoding="utf-8",
    )
    os.environ["FONTCONFIG_FILE"] = str(target)
    return target
