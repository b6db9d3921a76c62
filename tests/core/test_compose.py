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


def test_secrets_come_from_the_env_file_and_the_start_stops_without_them(services):
    demanded = set(re.findall(r"\$\{(\w+):\?", COMPOSE.read_text()))
    assert demanded == {"SECRET_KEY", "POSTGRES_PASSWORD", "ALLOWED_HOSTS", "SITE_URL"}
    asked_for = set(re.findall(r"\$\{(\w+)", COMPOSE.read_text()))
    explained = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert asked_for == explained


def test_only_the_loopback_address_is_published(services):
    ports = [port for service in services.values() for port in service.get("ports", [])]
    assert ports == ["127.0.0.1:${PORT:-8000}:8000", "127.0.0.1:8025:8025"]


def test_docker_compose_accepts_the_file(tmp_path: Path):
    if shutil.which("docker") is None:
        pytest.skip("no docker here")
    asked = subprocess.run(["docker", "compose", "version"], capture_output=True)
    if asked.returncode != 0:
        pytest.skip("docker has no compose plugin here")
    (tmp_path / "env").write_text((ROOT / ".env.example").read_text() + FILLED)
    command = ["docker", "compose", "--env-file", str(tmp_path / "env"), "-f", str(COMPOSE), "config", "--quiet"]
    assert subprocess.run(command, capture_output=True, text=True).stderr == ""
