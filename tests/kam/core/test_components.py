"""The small parts of pages."""

import pytest
from django.template import Context, Template

from kam.core.glyphs import glyph, steps


def draw(text, **context):
    return Template(text).render(Context(context))


def test_a_glyph_says_its_meaning_by_shape_sign_and_words():
    drawn = glyph("diamond", "neg", "Decides, opposes", assumed=True, star=True)
    assert 'class="k-role  neg assumed"' in drawn
    assert 'aria-label="Decides, opposes"' in drawn
    assert "−</text>" in drawn
    assert 'class="ins"' in drawn


def test_an_empty_seat_has_no_attitude():
    assert "!</text>" in glyph("hexagon", "pos", "Nobody", is_open=True)


@pytest.mark.parametrize(("done", "filled"), [(0, 0), (4, 4), (7, 7), (9, 7)])
def test_steps_fill_as_many_boxes_as_there_are(done, filled):
    assert steps(done, 7, "phase").count('class="on"') == filled


@pytest.mark.parametrize(
    ("value", "limit", "width"),
    [(7, 9, "77.8"), (0, 9, "0.0"), (12, 9, "100.0"), (-1, 9, "0.0"), (3, 0, "0")],
)
def test_bar_is_never_wider_than_its_box(value, limit, width):
    assert f'width="{width}%"' in draw("{% bar v l 'x' %}", v=value, l=limit)


@pytest.mark.parametrize(("name", "shown"), [("林晓燕", "晓燕"), ("Ann Lee Fox", "AL"), ("", ""), (None, "")])
def test_initials(name, shown):
    assert draw("{{ n|initials }}", n=name) == shown


def test_labels_are_escaped():
    assert "<q>" not in draw("{% badge 'good' l %}{% tier l %}{% ring 1 2 l %}", l="<q>")


def test_an_inline_fact_shows_edits_and_refuses():
    text = (
        '{% include "components/_inline_edit.html" with fact_id="f" label="Area" text="120" edit_url=url %}'
    )
    assert 'hx-get="/e/"' in draw(text, url="/e/")
    assert "hx-get" not in draw(text, url="")
