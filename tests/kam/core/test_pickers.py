"""Pickers of the browser are filled in the same in every language: they understand one way of writing a day."""

from datetime import date, time

import pytest
from django import forms
from django.utils.translation import override

from kam.core.forms import BaseForm


class _WhenForm(BaseForm):
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    at = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}))
    said = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y"))
    typed = forms.DateField(localize=True)


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_a_picker_shows_the_day_and_the_hour_that_are_kept(language):
    day = date(2026, 11, 23)
    with override(language):
        form = _WhenForm(initial={"day": day, "at": time(9, 5), "said": day, "typed": day})
        shown = {field.name: str(field) for field in form}
    assert 'value="2026-11-23"' in shown["day"]
    assert 'value="09:05"' in shown["at"]
    assert 'value="2026"' in shown["said"]
    assert 'value="2026' in shown["typed"]


def test_a_draft_of_a_rule_is_sent_on_without_typing_its_day_again():
    from kam.approvals.rule_changes.forms import WhenAndWhyForm

    with override("zh-hans"):
        assert 'value="2026-11-23"' in str(
            WhenAndWhyForm(initial={"valid_from": date(2026, 11, 23)})["valid_from"]
        )
