"""Words kept in rows: written in the language of the house, read in the reader's."""

import pytest
from django.utils import translation

from kam.core.house import in_house_words, read_house
from visits.visits.models import CALL_OUTCOMES, OUTCOME_LABELS
from visits.visits.terms import Outcome


@pytest.fixture
def words(monkeypatch):
    """One word in three languages, whether the catalogues are compiled here or not."""
    from kam.core import house

    class Word:
        def __str__(self):
            return {"en": "Talked", "zh-hans": "谈过", "zh-hant": "談過"}[translation.get_language()]

    monkeypatch.setattr(house, "_labels", {"reached": Word()})
    house._known.cache_clear()
    yield Word()
    house._known.cache_clear()


@pytest.mark.parametrize("writer", ["en", "zh-hans", "zh-hant"])
def test_whoever_writes_the_house_reads_one_word(words, writer):
    with translation.override(writer):
        assert in_house_words(words) == "谈过"


@pytest.mark.parametrize("kept", ["reached", "Talked", "谈过", "談過"])
@pytest.mark.parametrize(("reader", "read"), [("en", "Talked"), ("zh-hans", "谈过"), ("zh-hant", "談過")])
def test_whoever_reads_reads_the_own_word(words, kept, reader, read):
    with translation.override(reader):
        assert read_house(kept) == read


@pytest.mark.usefixtures("words")
def test_a_day_behind_the_word_is_said_and_free_text_stays():
    with translation.override("zh-hant"):
        assert read_house("谈过 2026-06-29").startswith("談過 ")
        assert read_house("谈过 2026-06-29").endswith("6月29日")
        assert [read_house(text) for text in ("", "约好下周见面", "谈过 了", "x 2026-06-29")] == [
            "",
            "约好下周见面",
            "谈过 了",
            "x 2026-06-29",
        ]


def test_every_outcome_is_read():
    with translation.override("en"):
        assert [read_house(o.value) for o in Outcome] == [str(OUTCOME_LABELS[o]) for o in Outcome]
        assert read_house("call_back") == str(CALL_OUTCOMES["call_back"]) == "Call back"
