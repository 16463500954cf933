"""Names of the fonts that documents carry. No Django here."""

#: language → (family, npm package). English pages use the Simplified family too: its Latin is the same.
FAMILIES = {
    "en": ("Noto Sans SC", "noto-sans-sc"),
    "zh-hans": ("Noto Sans SC", "noto-sans-sc"),
    "zh-hant": ("Noto Sans TC", "noto-sans-tc"),
}
#: Asked last, for characters the families above lack: rare ones such as 𠮷, and emoji.
FALLBACKS = (("Noto Sans JP", "noto-sans-jp"), ("Noto Emoji", "noto-emoji"))
WEIGHTS = ("400Regular", "700Bold")
