"""The real processes: Redis, a mail server, Celery workers and schedulers on the test's own database."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

import redis
from celery import Celery
from django.db import connection
from django.utils import timezone

from kam.calendar.services import set_day
from kam.jobs.models import PeriodicRun
from kam.users.models import User
from kam.users.terms import Position
from tests.kam.outbox.server import Door, closed_door

ROOT = Path(__file__).resolve().parents[3]


class SlowHandler:
    """Takes mails a little slowly, so that there is a middle in which to kill somebody."""

    def __init__(self, pause):
        self.pause, self.taken = pause, []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        import asyncio

        await asyncio.sleep(self.pause)
        self.taken.append((envelope.rcpt_tos[0], envelope.content.decode()))
        return "250 taken"


class Machinery:
    """Starts and kills; every child is dead when the test is over."""

    def __init__(self, folder):
        self.folder, self.children = folder, []
        self.mail = SlowHandler(0.03)
        self._door = Door(
            self.mail
        )  # bound from now on, so that the port stays ours; refuses until start_mail()
        self.mail_port = self._door.port
        self.redis_port = self._start_redis()
        self.redis = redis.Redis(port=self.redis_port)

    def _start_redis(self):
        """Start Redis on a port of its own and return it; where somebody was quicker, on another."""
        for _try in range(20):
            with closed_door() as port:
                pass
            command = ["redis-server", "--port", str(port), "--save", "", "--dir", str(self.folder)]
            child = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
            self.children.append(child)
            if self._is_ours(child, port):
                return port
        raise RuntimeError("no port for Redis")

    def _is_ours(self, child, port):
        """Wait until it is this child that answers there; False where it ended instead."""
        with redis.Redis(port=port) as asked:
            end = time.monotonic() + 60
            while child.poll() is None and time.monotonic() < end:
                with suppress(redis.RedisError):
                    if asked.info("server")["process_id"] == child.pid:
                        return True
                time.sleep(0.05)
        return False

    def environment(self):
        base = connection.settings_dict
        host = quote(base["HOST"], safe="")  # a socket folder stands percent-encoded
        url = f"postgres://{base['USER']}:{base['PASSWORD']}@{host}:{base['PORT']}/{base['NAME']}"
        return os.environ | {
            "DATABASE_URL": url,
            "KAM_AS_OWNER": "0",
            "REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
            "DJANGO_SETTINGS_MODULE": "kam.settings",
            "KAM_LAPTOP": "1",
            "PYTHONPATH": str(ROOT),
        }

    def celery(self, *arguments, at=None):
        how = ["celery"] if at is None else ["tests.kam.today.clocked", at.isoformat()]
        log = self.folder / f"{arguments[0]}-{len(self.children)}.log"
        with log.open("wb") as output:
            child = subprocess.Popen(
                [sys.executable, "-m", *how, "-A", "kam", *arguments],
                cwd=ROOT,
                env=self.environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.children.append(child)
        return child

    def worker(self):
        return self.celery(
            "worker", "--concurrency", "2", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"
        )

    def worker_at(self, moment):
        """Start a worker that believes it is `moment`."""
        alone = ("--pool", "solo", "--loglevel", "WARNING", "--without-gossip", "--without-mingle")
        return self.celery("worker", *alone, at=moment)

    def scheduler(self):
        return self.celery("beat", "--loglevel", "WARNING", "--pidfile=")

    def start_mail(self):
        self._door.start()

    def tick(self, moment=None):
        """Let a minute pass: everything is due, the scheduler's message goes out."""
        past = (moment or timezone.now()) - timedelta(minutes=2)
        PeriodicRun.objects.update(due_at=past, queued_at=past)
        app = Celery("scheduler", broker=f"redis://127.0.0.1:{self.redis_port}/0", set_as_current=False)
        app.send_task("jobs.tick", ignore_result=True)
        app.close()

    def tick_until(self, true, seconds=60.0):
        """Let minutes pass, five seconds each, until `true()`; a run that ends just now puts the next one a minute off."""
        ticked = 0.0

        def after_a_tick():
            nonlocal ticked
            if time.monotonic() - ticked > 5:
                ticked = time.monotonic()
                self.tick()
            return true()

        self.until(after_a_tick, seconds)

    def minute_at(self, moment):
        """Start a worker at `moment`, let the tick come, wait until the digests were looked at, and kill it."""
        worker = self.worker_at(moment)
        PeriodicRun.objects.update(started_at=None, finished_at=None)
        self.tick(moment)
        self.until(
            lambda: PeriodicRun.objects.filter(name="today.digests", finished_at__isnull=False).exists()
        )
        assert PeriodicRun.objects.get(name="today.digests").ok
        return worker

    def kill(self, child):
        os.killpg(child.pid, signal.SIGKILL)
        child.wait(5)

    def close(self):
        self._door.close()
        for child in reversed(self.children):
            if child.poll() is None:
                self.kill(child)
        self.redis.close()

    def tell(self):
        """Print what the children had to say; pytest shows it where a test fails."""
        for log in sorted(self.folder.glob("*.log")):
            sys.stdout.write(f"--- {log.name}\n{log.read_text(errors='replace')[-4000:]}\n")

    @staticmethod
    def until(true, seconds=60.0):
        """Wait until `true()`; fails after `seconds`."""
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, f"waited {seconds} s in vain"
            time.sleep(0.05)

    def mails_per_person(self):
        return Counter(address for address, _text in self.mail.taken)


@contextmanager
def machinery():
    with tempfile.TemporaryDirectory() as folder:
        machine = Machinery(Path(folder))
        try:
            yield machine
        finally:
            machine.close()
            machine.tell()


def people_at_nine(count):
    """Make people for whom it is between nine and ten now, on a day that is worked: their plan is due, and late."""
    now = timezone.now()
    offset = 9 - now.hour
    offset += 24 if offset < -12 else 0
    zone = f"Etc/GMT{-offset:+d}" if offset else "Etc/GMT"
    set_day((now + timedelta(hours=offset)).date(), is_working=True, by=None)
    return User.objects.bulk_create(
        User(
            staff_number=f"p{n}",
            name=f"Person {n}",
            email=f"p{n}@kam.example",
            position=Position.SPECIALIST,
            language="en",
            time_zone=zone,
            joined_on=date(2020, 1, 1),  # there the day may be the one before ours
            password="!",
        )
        for n in range(count)
    )
