"""The warning above every page of a demo, asked of the database at most once a minute by each process."""

import math
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kam.demo.models import DemoPart

pytestmark = pytest.mark.django_db
WARNING = "everybody here is invented"


def test_a_demo_is_told_above_every_page_within_a_minute(cast, client_of, heard_of_demo):
    page = client_of(cast.owner)
    heard_of_demo.at = -math.inf  # a process that has just begun

    def shown():
        with CaptureQueriesContext(connection) as asked:
            html = page.get("/tasks/").content.decode()
        return WARNING in html, sum("demo_demopart" in query["sql"] for query in asked.captured_queries)

    assert shown() == (False, 1)
    DemoPart.objects.create(name="people", size="small", seed=1, day=date(2026, 11, 22))
    assert shown() == (False, 0)
    heard_of_demo.at -= 60
    assert shown() == (True, 1)
    assert shown() == (True, 0)
