"""docker-compose.yml, read as Docker Compose reads it; with Docker Compose itself where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from core.embedded import ROOT

COMPOSE = ROOT / "docker-compose.yml"
FILLED = "SECRET_KEY=" + "x" * 50 + "\nPOSTGRES_PASSWORD=secret\n"
yaml = pytest.importorskip("yaml")


@pytest.fixture(scope="module")
def services() -> dict:
    return yaml.safe_load(COMPOSE.read_text())["services"]


def test_every_part_has_a_health_check(services):
    assert sorted(services) == ["beat", "mailpit", "migrate", "postgres", "redis", "web", "worker"]
    assert sorted(name for name, service in services.items() if "healthcheck" not in service) == ["migrate"]


def test_web_worker_and_beat_share_one_image_the_settings_and_the_files(services):
    ours = [services[name] for name in ("migrate", "web", "worker", "beat")]
    assert {service["image"] for service in ours} == {"portal"}
    assert all(service["environment"] == ours[0]["environment"] for service in ours)
    assert all(service["volumes"] == ["files:/srv/portal/var/files"] for service in ours)


def test_secrets_come_from_the_env_file_and_none_has_a_value_of_its_own(services):
    empty = set(re.findall(r"\$\{(\w+):-\}", COMPOSE.read_text()))
    assert empty == {"SECRET_KEY", "POSTGRES_PASSWORD", "ALLOWED_HOSTS", "SITE_URL"}
    asked_for = set(re.findall(r"\$\{(\w+)", COMPOSE.read_text()))
    explained = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert asked_for == explained


def test_postgresql_compiles_no_query_that_is_faster_than_its_compiling(services):
    assert services["postgres"]["command"] == ["postgres", "-c", "jit=off"]


def test_only_the_loopback_address_is_published(services):
    ports = [port for service in services.values() for port in service.get("ports", [])]
    assert ports == ["127.0.0.1:${PORT:-8000}:8000", "127.0.0.1:8025:8025"]


@pytest.fixture(scope="module")
def compose() -> list[str]:
    """The plugin of docker, or the program that was there before it."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]) and subprocess.run([*command, "version"], capture_output=True).returncode == 0:
            return command
    pytest.skip("no Docker Compose here")


@pytest.mark.parametrize("env", ["", (ROOT / ".env.example").read_text() + FILLED], ids=["fresh clone", "filled in"])
def test_docker_compose_accepts_the_file(compose: list[str], tmp_path: Path, env: str):
    (tmp_path / ".env").write_text(env)
    shutil.copy(COMPOSE, tmp_path)

    asked = subprocess.run([*compose, "config", "--quiet"], cwd=tmp_path, capture_output=True, text=True)

    assert (asked.returncode, asked.stdout) == (0, ""), asked.stderr
