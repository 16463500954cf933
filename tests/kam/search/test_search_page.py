"""Search and palette: only what the person may see, pages and actions by name and pinyin, no bytes that break it."""

import pytest

from kam.search import registry
from kam.search.registry import Hit, register_action, register_search


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    for name in ("_kinds", "_pages", "_actions"):
        monkeypatch.setattr(registry, name, {})
    register_search(
        "tests.unit", "Units", lambda user, words, limit: [Hit(f"{words} of {user.name}", "/u/", "sub")] * 30
    )
    register_search("tests.person", "Persons", lambda user, words, limit: [Hit("Xu", "/p/")])
    register_action("tests.search", "搜索大客户", "/search/?q=x", words="look")
    register_action("tests.hidden", "Hidden", "/search/", visible=lambda user: user.position == "director")
    register_action("tests.locked", "Locked", "/search/", locked=lambda user: "needs the director's approval")
    register_action("tests.dead", "Dead link", "/nowhere/")


def results(client, words):
    return client.get("/search/palette/", {"q": words, "part": "results"}).content.decode()


def test_palette_asks_each_kind_for_the_person_and_shows_five(cast, client_of):
    page = results(client_of(cast.owner), "泉州")
    assert page.count("泉州 of Owner") == 5
    assert 'aria-label="Persons"' in page


def test_at_sign_asks_for_persons_only_and_greater_than_for_actions_only(cast, client_of):
    client = client_of(cast.owner)
    persons, actions = results(client, "@xu"), results(client, ">look")
    assert ("Persons" in persons, "Units" in persons, "Actions" in persons) == (True, False, False)
    assert ("Actions" in actions, "Units" in actions, "搜索大客户" in actions) == (True, False, True)


@pytest.mark.parametrize("words", ["sousuo", "ssdkh", "大客户", "LOOK"])
def test_actions_are_found_by_name_pinyin_initials_and_further_words(cast, client_of, words):
    assert "搜索大客户" in results(client_of(cast.owner), f">{words}")


def test_actions_of_others_are_absent_locked_ones_say_why_dead_ones_never_show(cast, client_of):
    mine, theirs = results(client_of(cast.owner), ">"), results(client_of(cast.director), ">")
    assert ("Hidden" in mine, "Hidden" in theirs) == (False, True)
    assert "needs the director&#x27;s approval" in mine
    assert "Dead link" not in mine


def test_the_search_page_works_without_script(cast, client_of):
    page = client_of(cast.owner).get("/search/?q=泉州").content.decode()
    assert page.count("泉州 of Owner") == 20
    assert 'value="泉州"' in page


@pytest.mark.parametrize(
    "words",
    [
        "",
        "\0",
        "%",
        "'",
        "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
        "a" * 5000,
        "<b>",
    ],
)
def test_any_words_give_a_page(cast, client_of, words):
    page = client_of(cast.owner).get("/search/", {"q": words})
    assert page.status_code == (400 if "\0" in words else 200)
    assert "<b> of" not in page.content.decode()
