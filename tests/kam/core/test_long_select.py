"""A long choice is drawn by itself, and says what Django's own says."""

from html.parser import HTMLParser

import pytest
from django import forms

from kam.core.forms import LongSelect

CHOICES = [("", "–"), ("Asia/Shanghai", "Asia/Shanghai"), (7, "<b>"), ('"', "'")]


class Parts(HTMLParser):
    """Everything that a text of HTML holds, without white space between."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data):
        if data.strip():
            self.found.append(data.strip())


@pytest.mark.parametrize("value", [None, "", "Asia/Shanghai", 7, '"', "absent"])
def test_it_draws_what_django_draws(value):
    attrs = {"id": "id_zone", "required": True, "title": '"<'}
    ours, djangos = (
        kind(attrs={"class": "form-select"}, choices=CHOICES).render("zone", value, attrs)
        for kind in (LongSelect, forms.Select)
    )
    assert Parts(ours).found == Parts(djangos).found
