"""A label and its value, as the reader's language parts them; the Chinese colon stands in the catalogues."""

from django.template import Context, Template
from django.utils.translation import override

from kam.core.sentences import labelled, parted


def test_a_label_is_parted_from_its_value_as_the_language_does():
    with override("en"):
        assert labelled("a", "b") == "a: b"
        assert Template("{{ a }}{% colon %}{{ b }}").render(Context({"a": "a", "b": "b"})) == "a: b"


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
