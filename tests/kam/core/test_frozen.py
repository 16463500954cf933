"""Parts of the frame that are kept between requests never carry one person's things to another."""

import re

from kam.core import frozen


def test_a_kept_part_holds_marks_only_and_each_page_its_own_name_and_token(cast, client_of):
    frozen._kept.clear()
    pages = [client_of(user).get("/?a=1").content.decode() for user in (cast.owner, cast.same_team)]
    kept = "".join(frozen._kept.values())
    assert kept
    for user, page in zip((cast.owner, cast.same_team), pages, strict=True):
        assert user.name not in kept
        assert user.name in page
        assert f'data-user="{user.pk}"' in page
        assert 'name="next" value="/?a=1"' in page
        tokens = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', page))
        assert tokens
        assert all(len(token) == 64 for token in tokens)
        assert re.search(r"zq[a-z]+qz", page) is None


def test_a_name_with_markup_is_escaped_when_it_is_put_in(cast, client_of):
    cast.owner.name = "<b>王</b>"
    cast.owner.save(update_fields=["name"])
    page = client_of(cast.owner).get("/").content.decode()
    assert "&lt;b&gt;王&lt;/b&gt;" in page
    assert "<b>王</b>" not in page


def test_parts_differ_by_language_position_and_theme(cast, client_of):
    client = client_of(cast.owner)
    light = client.get("/").content.decode()
    client.cookies["kam-theme"] = "dark"
    dark = client.get("/").content.decode()
    assert 'value="dark" aria-pressed="true"' in dark
    assert 'value="dark" aria-pressed="true"' not in light
    cast.owner.language = "zh-hant"
    cast.owner.save(update_fields=["language"])
    assert 'value="zh-hant" lang="zh-Hant" aria-pressed="true"' in client.get("/").content.decode()
    assert "/kpi/" not in light or "/kpi/" in client_of(cast.director).get("/").content.decode()
