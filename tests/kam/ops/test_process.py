"""The supervisor's children: they stop when asked, and nothing outlives a killed parent."""

import os
import signal
import subprocess
import sys
import time

from kam.ops.process import Child


def gone(pid: int, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with open(f"/proc/{pid}/stat") as stat:
                if stat.read().split()[2] == "Z":
                    return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False


def test_a_child_stops_when_asked_and_its_last_lines_are_kept():
    child = Child(
        "talker", [sys.executable, "-uc", "print('hello'); import time; time.sleep(60)"], quiet=True
    )
    deadline = time.monotonic() + 10
    while not child.last_lines and time.monotonic() < deadline:
        time.sleep(0.05)
    child.stop()
    assert (child.running, list(child.last_lines)) == (False, ["hello"])


def test_a_deaf_child_is_killed_after_its_grace():
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    child = Child("deaf", [sys.executable, "-uc", code], grace=0.5, quiet=True)
    deadline = time.monotonic() + 10
    while not child.last_lines and time.monotonic() < deadline:
        time.sleep(0.05)
    child.stop()
    assert child.process.returncode == -signal.SIGKILL


def test_kill_9_of_the_parent_leaves_nothing_behind():
    code = (
        "import sys, time\n"
        "from kam.ops.process import Child\n"
        "child = Child('sleeper', [sys.executable, '-c', 'import time; time.sleep(60)'], quiet=True)\n"
        "print(child.process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert gone(pid)
