"""Rows that come from the database are what Django would make of them."""

import pytest
from django.db import models

from accounts.units.models import KeyAccount
from kam.users.models import User
from tests.factories.accounts import make_unit

pytestmark = pytest.mark.django_db


def test_a_row_is_the_one_that_django_makes(cast):
    unit = make_unit("荷塘商会", owner=cast.owner)
    columns = [field.attname for field in KeyAccount._meta.concrete_fields]
    (values,) = KeyAccount.objects.values_list(*columns)
    read = KeyAccount.objects.get(pk=unit.pk)
    made = models.Model.from_db.__func__(KeyAccount, "default", columns, values)
    assert {key: read.__dict__[key] for key in columns} == {key: made.__dict__[key] for key in columns}
    assert (read._state.adding, read._state.db) == (made._state.adding, made._state.db) == (False, "default")
    assert read == made


def test_a_column_left_out_is_read_when_it_is_asked_for(cast, django_assert_num_queries):
    unit = make_unit("荷塘商会", owner=cast.owner)
    read = KeyAccount.objects.defer("name").get(pk=unit.pk)
    assert read.get_deferred_fields() == {"name"}
    with django_assert_num_queries(1):
        assert read.name == "荷塘商会"


def test_related_rows_come_along(cast, django_assert_num_queries):
    unit = make_unit("荷塘商会", owner=cast.owner)
    read = KeyAccount.objects.select_related("owner").get(pk=unit.pk)
    with django_assert_num_queries(0):
        assert read.owner == cast.owner
        assert read.parent is None


def test_a_view_gets_the_reader_and_no_proxy_of_it(cast, client_of):
    answer = client_of(cast.owner).get("/accounts/")
    assert type(answer.wsgi_request.user) is User
