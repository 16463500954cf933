"""The marks of the seats are explained below the list of units, where they are shown."""

import pytest

from tests.factories.accounts import make_unit


@pytest.mark.parametrize(
    ("columns", "explains"), [("", True), ("?cols=name&cols=seats", True), ("?cols=name", False)]
)
def test_the_marks_are_explained_where_the_column_is_shown(cast, client_of, columns, explains):
    make_unit("泉州商会", owner=cast.owner)
    page = client_of(cast.owner).get(f"/accounts/{columns}").content.decode()
    assert ("Empty seat</span>" in page, page.count('class="k-marks')) == (explains, int(explains))
