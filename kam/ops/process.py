"""One child process of the supervisor: own session, dies with its parent, stops in an orderly way. Standard library only."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping

_STARTED = time.monotonic()
_PR_SET_PDEATHSIG = 1


def log(tag: str, text: str) -> None:
    """Print one line of one process with its name and the seconds since the start."""
    sys.stdout.write(f"{time.monotonic() - _STARTED:7.2f} {tag:9}| {text}\n")
    sys.stdout.flush()


def die_with_parent(stop_signal: int) -> Callable[[], None] | None:
    """Return what the child runs before exec, so that a killed supervisor leaves nothing behind (Linux)."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)

    def ask_kernel() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, stop_signal, 0, 0, 0)

    return ask_kernel


class Child:
    """A running process; its output is logged line by line, the last lines are kept for error messages."""

    def __init__(
        self,
        name: str,
        command: list[str],
        *,
        stop_signal: str = "SIGTERM",
        grace: float = 15,
        environment: Mapping[str, str] | None = None,
        quiet: bool = False,
    ) -> None:
        self.name = name
        self.stop_signal = signal.Signals[stop_signal]
        self.grace = grace
        self.quiet = quiet
        self.last_lines: deque[str] = deque(maxlen=20)
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,  # Ctrl-C reaches the supervisor only, which stops children in order
            preexec_fn=die_with_parent(self.stop_signal),  # noqa: PLW1509 -- a prctl call only; no threads run Python here
            env={**os.environ, **(environment or {})},
        )
        self.thread = threading.Thread(target=self._pump, daemon=True)
        self.thread.start()

    def _pump(self) -> None:
        if self.process.stdout is None:
            return
        for line in self.process.stdout:
            self.last_lines.append(line.rstrip())
            if not self.quiet:
                log(self.name, line.rstrip())

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """Ask to stop, wait, then kill the whole group."""
        if self.running:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(self.grace)
            except subprocess.TimeoutExpired:
                log(self.name, "did not stop in time: killed")
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)  # what the child left behind
        self.process.wait()
        self.thread.join(2)
        if self.process.stdout is not None:
            self.process.stdout.close()
