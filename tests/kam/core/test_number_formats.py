"""Numbers look the same in every language of the house."""

from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.formats import number_format

from kam.core.templatetags.components import money


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_sums_are_grouped_by_three(language):
    with translation.override(language):
        assert number_format(Decimal("1234567.5"), decimal_pos=2, force_grouping=True) == "1,234,567.50"
        assert money(Decimal("1234567.5")) == "1,234,567.50"
        assert money(None) == ""
