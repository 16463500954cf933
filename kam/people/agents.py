"""What a browser calls itself, as its owner calls it: "Chrome on Windows". Only the main ones; the whole text stays at hand."""

import re

#: In this order: Edge and Opera also say Chrome, Chrome also says Safari, phones also say their desktop system.
_BROWSERS = (
    (re.compile(r"MicroMessenger/"), "WeChat"),
    (re.compile(r"DingTalk/"), "DingTalk"),
    (re.compile(r"Edg(?:e|A|iOS)?/"), "Edge"),
    (re.compile(r"OPR/|Opera"), "Opera"),
    (re.compile(r"MQQBrowser/|QQBrowser/"), "QQ Browser"),
    (re.compile(r"UCBrowser/"), "UC Browser"),
    (re.compile(r"SamsungBrowser/"), "Samsung Internet"),
    (re.compile(r"HuaweiBrowser/"), "Huawei Browser"),
    (re.compile(r"Firefox/|FxiOS/"), "Firefox"),
    (re.compile(r"HeadlessChrome/|Chrome/|CriOS/|Chromium/"), "Chrome"),
    (re.compile(r"Version/[\d.]+.*Safari/"), "Safari"),
)
_SYSTEMS = (
    (re.compile(r"HarmonyOS|OpenHarmony"), "HarmonyOS"),
    (re.compile(r"Android"), "Android"),
    (re.compile(r"iPhone|iPod"), "iPhone"),
    (re.compile(r"iPad"), "iPad"),
    (re.compile(r"Windows"), "Windows"),
    (re.compile(r"CrOS"), "ChromeOS"),
    (re.compile(r"Macintosh|Mac OS X"), "macOS"),
    (re.compile(r"Linux|X11"), "Linux"),
)


def browser_of(agent: str) -> str:
    """Return the browser's name, empty for one we do not know."""
    return next((name for pattern, name in _BROWSERS if pattern.search(agent)), "")


def system_of(agent: str) -> str:
    """Return the name of the system it runs on, empty for one we do not know."""
    return next((name for pattern, name in _SYSTEMS if pattern.search(agent)), "")
