"""`manage.py up`: the whole of KAM on one machine, started in order, stopped in reverse. Standard library only.

PostgreSQL → Redis → migrate → demo department (once) → mail sink → web → worker → scheduler. When one of them ends by itself, all are stopped
and the exit code is 1. Ctrl-C stops everything with exit code 0.
"""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from kam.ops.process import Child, log
from kam.ops.servers import BASE, VAR, ServerError, start_servers

WEB_READY_SECONDS = 60
#: Worker and scheduler say that they live some seconds after they began; without them no digest, export or mail leaves.
ALL_READY_SECONDS = 60
DEMO_LOGINS = (
    "director, manager1, manager2, specialist1 … specialist8, marketing, finance, clerk, hr, gm, admin"
)


class Stop:
    """Somebody asked to stop. A plain flag: an Event's lock would hang when a second signal arrives inside the first's handler."""

    def __init__(self) -> None:
        self.asked = False

    def ask(self, *_signal_and_frame: object) -> None:
        self.asked = True

    def is_set(self) -> bool:
        return self.asked

    def wait(self, seconds: float) -> bool:
        """Sleep up to `seconds`, or until asked; say whether asked."""
        deadline = time.monotonic() + seconds
        while not self.asked and time.monotonic() < deadline:
            time.sleep(0.05)
        return self.asked


def process_table(port: str, mail_port: str) -> dict[str, list[str]]:
    """Return the long-running processes, in starting order; docker-compose.yml names the same ones."""
    python = sys.executable
    return {
        "mailsink": [python, "manage.py", "smtp_sink", "--port", mail_port],
        "web": [
            python, "-m", "gunicorn", "kam.wsgi:application", "--preload", "--bind", f"{os.environ.get('KAM_BIND', '127.0.0.1')}:{port}", "--workers", "2",
            "--threads", "4", "--worker-class", "gthread", "--timeout", "30", "--graceful-timeout", "25", "--no-control-socket",
        ],
        "worker": [python, "-m", "celery", "-q", "-A", "kam", "worker", "--concurrency", "2", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"],
        "scheduler": [python, "-m", "celery", "-q", "-A", "kam", "beat", "--loglevel", "WARNING", "--pidfile=", "--schedule", str(VAR / "beat-schedule")],
    }  # fmt: skip


def main() -> int:
    """Run until Ctrl-C, SIGTERM, or the end of a child."""
    stop = Stop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop.ask)
    port = os.environ.get("PORT", "8000")
    if _taken(port):
        sys.stderr.write(f"Port {port} is in use. Choose another: PORT=8001 make run\n")
        return 1
    (VAR / "static").mkdir(parents=True, exist_ok=True)
    try:
        servers = start_servers(durable=True)
    except ServerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    children: list[Child] = []
    try:
        mail_port = _free_mail_port()
        os.environ.update(_environment(servers.environment, port, mail_port))
        (VAR / "mail_port").write_text(mail_port)  # commands run beside these processes send there too
        if not _prepare(stop):
            return 0 if stop.is_set() else 1
        _start(children, port, mail_port, stop)
        return _watch([*servers.children, *children], stop)
    finally:
        for child in reversed(children):
            child.stop()
        servers.stop()
        log("up", "all stopped")


def _environment(servers: dict[str, str], port: str, mail_port: str) -> dict[str, str]:
    """Return what the children need beyond the servers; values that the caller set win."""
    key_file = VAR / "secret_key"
    if not key_file.exists():
        key_file.touch(mode=0o600)
        key_file.write_text(secrets.token_urlsafe(60))
    defaults = {
        "KAM_LAPTOP": "1",
        "SECRET_KEY": key_file.read_text(),
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "KAM_BASE_URL": f"http://localhost:{port}",
        "PYTHONUNBUFFERED": "1",
        # whoever runs this as root on a laptop or in a container knows it; the warning is for accepting pickles, which KAM does not
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
    }
    return servers | {name: value for name, value in defaults.items() if name not in os.environ}


def _prepare(stop: Stop) -> bool:
    """Migrate as the owner, load the demo department once."""
    owner = {**os.environ, "KAM_AS_OWNER": "1"}
    for name, command, environment in (
        ("migrate", ["migrate", "-v0"], owner),
        ("demo", ["demo", "--size", os.environ.get("KAM_DEMO", "department")], dict(os.environ)),
    ):
        if name == "demo" and os.environ.get("KAM_DEMO") == "none":
            continue
        log("up", f"{name} …")
        done = subprocess.run([sys.executable, "manage.py", *command], cwd=BASE, env=environment, check=False)
        if done.returncode or stop.is_set():
            log(
                "up",
                f"{name} was stopped" if stop.is_set() else f"{name} failed with exit code {done.returncode}",
            )
            return False
    return True


def _start(children: list[Child], port: str, mail_port: str, stop: Stop) -> None:
    grace = {"worker": 30.0, "web": 28.0}
    for name, command in process_table(port, mail_port).items():
        children.append(Child(name, command, grace=grace.get(name, 10.0)))
        if name == "web":
            _wait_for_web(port, children[-1], stop)
    log("up", f"pages answer at http://localhost:{port}/; waiting for worker and scheduler …")
    silent = _wait_for_all(port, children, stop)
    if stop.is_set() or not all(child.running for child in children):
        return
    if silent:
        log("up", f"not heard from yet: {', '.join(silent)}; pages work, mails and long work wait")
    log("up", f"KAM is ready: http://localhost:{port}/   (Ctrl-C stops everything)")
    if os.environ.get("KAM_DEMO") == "none":
        _tell_first_link()
    else:
        log("up", f"demo logins: {DEMO_LOGINS}; password kam-demo")
        log("up", f"mails that were sent: http://localhost:{port}/ops/mail/ (sign in as admin)")


def _tell_first_link() -> None:
    """Print where the first administrator is made, as long as nobody is there."""
    command = [sys.executable, "manage.py", "first_link"]
    done = subprocess.run(command, cwd=BASE, capture_output=True, text=True, check=False)
    if link := done.stdout.strip():
        log("up", f"nobody is here yet: make the first administrator at {link}")


def _wait_for_web(port: str, web: Child, stop: Stop) -> None:
    for _ in range(WEB_READY_SECONDS * 10):
        if stop.wait(0.1) or not web.running:
            return
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            continue


def _wait_for_all(port: str, children: list[Child], stop: Stop) -> list[str]:
    """Wait until scheduler and worker were heard from; return who still is not."""
    silent = ["scheduler", "worker"]
    for _ in range(ALL_READY_SECONDS * 4):
        if stop.wait(0.25) or not all(child.running for child in children):
            break
        if not (silent := _silent(port, silent)):
            break
    return silent


def _silent(port: str, processes: list[str]) -> list[str]:
    """Return those processes that the web says were not heard from; all of them where it says nothing."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            told = answer.read()
    except urllib.error.HTTPError as error:
        told = error.read()
    except (urllib.error.URLError, OSError):
        return processes
    try:
        parts = json.loads(told)["parts"]
    except (ValueError, KeyError):
        return processes
    return [name for name in processes if not parts.get(name)]


def _watch(children: list[Child], stop: Stop) -> int:
    while not stop.wait(0.2):
        for child in children:
            if not child.running:
                log("up", f"{child.name} ended with {child.process.returncode}: stopping everything")
                for line in child.last_lines if child.quiet else ():
                    log(child.name, line)
                return 1
    return 0


def _taken(port: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(port))) == 0


def _free_mail_port() -> str:
    return next(str(port) for port in range(2525, 2600) if not _taken(str(port)))
