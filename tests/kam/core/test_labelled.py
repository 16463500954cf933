"""A label and its value, as the reader's language parts them; the Chinese colon stands in the catalogues."""

from django.template import Context, Template
from django.utils.translation import override

from kam.core import sentences
from kam.core.sentences import followed, labelled, noted, parted


def test_a_label_is_parted_from_its_value_as_the_language_does():
    with override("en"):
        assert labelled("a", "b") == "a: b"
        assert Template("{{ a }}{% colon %}{{ b }}").render(Context({"a": "a", "b": "b"})) == "a: b"


def test_a_question_needs_no_colon():
    with override("en"):
        assert (labelled("Who?", "x"), labelled("谁？", "x")) == ("Who? x", "谁？x")
        drawn = Template("{{ a }}{% colon a %}{{ b }}")
        assert [drawn.render(Context({"a": a, "b": "b"})) for a in ("a", "a?", "甲？")] == [
            "a: b",
            "a? b",
            "甲？b",
        ]


def test_longer_parts_follow_each_other_with_the_sign_of_the_language():
    with override("en"):
        assert parted(["a", "b", 3]) == "a; b; 3"
        assert parted([]) == ""


def test_a_row_that_an_import_names_is_said_in_words():
    with override("en"):
        told = Template("{{ a|row_words }} {{ b|row_words }}").render(
            Context({"a": "row 18", "b": "KA-000002"})
        )
    assert told == "row 18 KA-000002"


def test_a_note_and_a_second_sentence_stand_as_the_language_sets_them(monkeypatch):
    with override("en"):
        assert (
            Template("{{ a|noted:3 }} {{ a|followed:b }}").render(Context({"a": "a.", "b": "b."}))
            == "a. (3) a. b."
        )
    chinese = {"%(words)s (%(note)s)": "%(words)s（%(note)s）", "%(first)s %(then)s": "%(first)s%(then)s"}
    monkeypatch.setattr(sentences, "gettext", chinese.get)
    assert noted("甲", "乙") == "甲（乙）"
    assert followed("甲。", "乙。") == "甲。乙。"
