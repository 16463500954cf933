"""Icons come from the npm package and nowhere else."""

import pytest

from kam.core.icons import icon


def test_icon_inlines_the_drawing_without_the_invisible_square():
    drawn = icon("flag")
    assert drawn.startswith('<svg class="ico" viewBox="0 0 24 24"')
    assert drawn.count("<path") == 2
    assert "M0 0h24v24H0z" not in drawn


@pytest.mark.parametrize("name", ["no-such-icon-at-all", "../../package", "flag.svg", ""])
def test_icon_refuses_a_name_the_package_does_not_have(name):
    with pytest.raises(LookupError, match="no icon is called"):
        icon(name)
