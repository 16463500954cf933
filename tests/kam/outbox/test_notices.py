"""The bell."""

from datetime import timedelta

from kam.outbox.models import Notice
from kam.outbox.services import notify


def ring(user, key, url="/notices/"):
    return notify(key=key, to=user, kind="test", text=f"Notice {key}", url=url)


def test_the_bell_shows_own_notices_newest_first(cast, client_of):
    for key in "abc":
        ring(cast.owner, key)
    ring(cast.manager, "x")
    page = client_of(cast.owner).get("/notices/").content.decode()
    assert page.index("Notice c") < page.index("Notice b") < page.index("Notice a")
    assert "Notice x" not in page


def test_what_happened_last_stands_first_though_it_was_written_down_before(cast, client_of):
    late, early = ring(cast.owner, "late"), ring(cast.owner, "early")
    Notice.objects.filter(pk=early.pk).update(created_at=late.created_at - timedelta(days=30))
    client = client_of(cast.owner)
    page = client.get("/notices/").content.decode()
    assert page.index("Notice late") < page.index("Notice early")
    older = client.get(f"/notices/?before={late.pk}").content.decode()
    assert ("Notice early" in older, "Notice late" in older) == (True, False)


def test_opening_a_notice_reads_it_and_leads_on(cast, client_of):
    notice, other = ring(cast.owner, "a", "/search/?q=a"), ring(cast.owner, "b")
    answer = client_of(cast.owner).post(f"/notices/{notice.pk}/")
    notice.refresh_from_db()
    other.refresh_from_db()
    assert (answer.url, notice.read_at is None, other.read_at is None) == ("/search/?q=a", False, True)


def test_a_notice_never_leads_out_of_our_addresses(cast, client_of):
    notice = ring(cast.owner, "a", "//evil.example/")
    assert client_of(cast.owner).post(f"/notices/{notice.pk}/").url == "/notices/"


def test_others_notices_are_absent_and_stay_unread(cast, client_of):
    notice = ring(cast.owner, "a")
    assert client_of(cast.manager).post(f"/notices/{notice.pk}/").status_code == 404
    client_of(cast.manager).post("/notices/read/")
    assert Notice.objects.unread().count() == 1


def test_the_bell_counts_what_is_unread(cast, client_of):
    ring(cast.owner, "a")
    client = client_of(cast.owner)
    before = client.get("/frame/counts/").json()["bell"]
    client.post("/notices/read/")
    assert (before, client.get("/frame/counts/").json()["bell"]) == (1, 0)


def test_older_notices_follow_by_key(cast, client_of):
    for number in range(52):
        ring(cast.owner, f"n{number:02}")
    client = client_of(cast.owner)
    first = client.get("/notices/").content.decode()
    older = client.get("/notices/?before=" + first.split("?before=")[1].split('"')[0]).content.decode()
    assert (first.count("Notice n"), older.count("Notice n")) == (50, 2)
