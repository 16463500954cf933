"""Browsers are called what people call them; what is unknown stays as it came."""

import pytest
from django.utils import timezone

from kam.people.agents import browser_of, system_of
from kam.people.models import SessionRecord

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
ANDROID = "Mozilla/5.0 (Linux; Android 14; V2309A)"


@pytest.mark.parametrize(
    ("agent", "browser", "system"),
    [
        (f"{WINDOWS} {WEBKIT} Chrome/126.0.0.0 Safari/537.36", "Chrome", "Windows"),
        (f"{WINDOWS} {WEBKIT} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", "Edge", "Windows"),
        (f"{WINDOWS} {WEBKIT} Chrome/126.0.0.0 Safari/537.36 OPR/111.0", "Opera", "Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox", "Linux"),
        (
            f"{MAC} Version/17.5 Safari/605.1.15",
            "Safari",
            "macOS",
        ),
        (f"{IPHONE} Version/17.5 Mobile/15E148 Safari/604.1", "Safari", "iPhone"),
        (f"{IPHONE} CriOS/126.0 Mobile/15E148 Safari/604.1", "Chrome", "iPhone"),
        (f"{IPHONE} Mobile/15E148 MicroMessenger/8.0.49 Language/zh_CN", "WeChat", "iPhone"),
        (
            f"{ANDROID} {WEBKIT} Version/4.0 Chrome/116.0 Mobile Safari/537.36 MQQBrowser/15.2",
            "QQ Browser",
            "Android",
        ),
        (
            f"{ANDROID} {WEBKIT} SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36",
            "Samsung Internet",
            "Android",
        ),
        (
            "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0 HuaweiBrowser/5.0",
            "Huawei Browser",
            "HarmonyOS",
        ),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/126.0 Safari/537.36", "Chrome", "ChromeOS"),
        ("curl/8.8.0", "", ""),
        ("", "", ""),
    ],
)
def test_browser_and_system_are_named(agent, browser, system):
    assert (browser_of(agent), system_of(agent)) == (browser, system)


@pytest.mark.parametrize(
    ("agent", "label"),
    [
        (f"{WINDOWS} {WEBKIT} Chrome/126.0.0.0 Safari/537.36", "Chrome on Windows"),
        ("Something (Windows NT 10.0)", "Unknown browser on Windows"),
        ("Mozilla/5.0 Firefox/127.0", "Firefox"),
        ("curl/8.8.0", "curl/8.8.0"),
        ("", "Unknown browser"),
    ],
)
def test_a_session_is_called_by_its_browser(agent, label):
    assert SessionRecord(agent=agent).device == label


@pytest.mark.django_db
def test_the_page_shows_the_device_with_the_whole_text_at_hand(cast, client_of):
    client = client_of(cast.owner)
    agent = f"{WINDOWS} {WEBKIT} Chrome/126.0.0.0 Safari/537.36"
    now = timezone.now()
    SessionRecord.objects.create(
        user=cast.owner, session_key=client.session.session_key, started_at=now, seen_at=now, agent=agent
    )
    page = client.get("/me/sessions/").content.decode()
    assert f'title="{agent}">Chrome on Windows</b>' in page
    assert "This device" in page
    assert "last seen" in page
