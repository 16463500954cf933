"""Results of work are kept with their numbers and read in the reader's language."""

import pytest

from kam.core import sentences
from kam.core.sentences import read_sentence, sentence


def test_a_sentence_is_read_in_the_language_of_the_reader(monkeypatch):
    kept = sentence("%(n)s entries whole", n=5)
    assert read_sentence(kept) == "5 entries whole"
    monkeypatch.setattr(sentences, "_", {"%(n)s entries whole": "共 %(n)s 条，完整"}.get)
    assert read_sentence(kept) == "共 5 条，完整"


@pytest.mark.parametrize("text", ["", "17", "ZeroDivisionError: x", '{"a": 1}', '["%(n)s", {}]', "[1, 2, 3]"])
def test_what_is_no_sentence_stays_as_it_is(text):
    assert read_sentence(text) == text
