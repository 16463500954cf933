"""Containers, image and `manage.py up` speak of the same processes (no container engine is needed to compare them)."""

import re
from pathlib import Path

import yaml

from kam.ops.up import process_table

ROOT = Path(__file__).resolve().parents[3]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]


def essence(command: list[str]) -> list[str]:
    """Return a command without what differs by machine: interpreter, address, place of the schedule file."""
    text = " ".join(command)
    text = re.sub(r"^\S*python\S* ", "python ", text)
    text = re.sub(r"--bind \S+", "--bind X", text)
    return re.sub(r"--schedule \S+", "--schedule X", text).split()


def test_compose_runs_the_processes_of_up():
    table = process_table("8000", "2525")
    assert {name: essence(SERVICES[name]["command"]) for name in ("web", "worker", "scheduler")} == {
        name: essence(table[name]) for name in ("web", "worker", "scheduler")
    }


def test_every_service_is_there_and_the_servers_are_watched():
    assert set(SERVICES) == {"postgres", "redis", "migrate", "web", "worker", "scheduler"}
    assert all("healthcheck" in SERVICES[name] for name in ("postgres", "redis", "web"))


def test_only_the_migration_holds_the_owners_role():
    assert SERVICES["migrate"]["environment"]["KAM_AS_OWNER"] == "1"
    for name in ("web", "worker", "scheduler"):
        assert (
            SERVICES[name]["environment"]["KAM_AS_OWNER"],
            SERVICES[name]["environment"]["DATABASE_OWNER_URL"],
        ) == ("0", "")


def test_every_name_in_compose_and_settings_stands_in_the_example():
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    named |= set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "kam" / "settings.py").read_text()))
    assert {name for name in named if name not in example} == set()


def test_the_image_runs_the_web_process_as_nobody_special():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^USER kam$", dockerfile, re.MULTILINE)
    command = re.findall(r'"([^"]+)"', dockerfile[dockerfile.index("CMD [") :])
    assert essence(["python", "-m", *command]) == essence(process_table("8000", "2525")["web"])
