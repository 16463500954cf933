"""The Celery application. What runs when is in one table: the tick, once a minute; everything else is found from rows."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kam.settings")

app = Celery("kam")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {"tick": {"task": "jobs.tick", "schedule": 60.0, "options": {"expires": 55}}}
app.conf.beat_scheduler = "kam.jobs.scheduler.TickScheduler"
