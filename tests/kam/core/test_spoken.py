"""Words that stand in a template are looked up once a language, and said in the language of whoever reads."""

import pytest
from django.template import Context, Engine, engines
from django.utils.translation import override, trans_real

from kam.core.icons import icon
from tests.permissions.speech import Bracketed


def _drawn(text, **told):
    engine: Engine = engines["django"].engine
    template = engine.from_string("{% load i18n %}" + text)
    drawn = []
    for language in ("en", "zh-hans", "zh-hant", "en"):
        with override(language):
            drawn.append(template.render(Context(told)))
    return drawn


def test_kept_words_are_those_of_the_readers_language():
    save = ["Save", "保存", "儲存", "Save"]
    assert _drawn('{% translate "Save" %}') == save
    assert _drawn('{% trans "Save" as word %}<b>{{ word }}</b>') == [f"<b>{word}</b>" for word in save]


def test_words_of_a_row_or_with_a_filter_are_looked_up_each_time():
    assert _drawn("{% translate word %}", word="Save") == ["Save", "保存", "儲存", "Save"]
    assert _drawn('{% translate "Save"|upper %}')[0] == "SAVE"


def test_words_are_as_safe_as_django_says():
    assert _drawn('{% translate "100 %" %}')[0] == "100 %"
    assert _drawn("{% translate word %}", word="<b>")[0] == "&lt;b&gt;"


def test_an_icon_named_by_a_literal_is_drawn_with_the_template():
    assert _drawn('{% icon "flag" "s" %}')[0] == icon("flag", "s")
    assert _drawn("{% icon name %}", name="flag")[0] == icon("flag")
    with pytest.raises(LookupError, match="no icon is called"):
        _drawn('{% icon "no-such-icon-at-all" %}')
    with pytest.raises(LookupError, match="no icon is called"):
        _drawn("{% icon name %}", name="no-such-icon-at-all")


def test_words_of_another_catalogue_are_not_those_that_were_kept(monkeypatch):
    template = engines["django"].engine.from_string('{% load i18n %}{% translate "Save" %}')
    with override("zh-hans"):
        assert template.render(Context()) == "保存"
    monkeypatch.setitem(trans_real._translations, "zh-hans", Bracketed("zh-hans"))
    with override("zh-hans"):
        assert template.render(Context()) == "⟦Save⟧"
    monkeypatch.undo()
    with override("zh-hans"):
        assert template.render(Context()) == "保存"
