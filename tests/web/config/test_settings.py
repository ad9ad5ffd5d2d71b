"""The settings refuse what is wrong, in one French sentence, and a real site passes its checks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.serving import environment

PRODUCTION = {
    "PORTEVOIX_MODE": "production",
    "PORTEVOIX_SECRET_KEY": "k9Zq2vB7xLw4Tn8RsYp3Jd6Hc1Mf5Ga0Ue-Io_QbXzVtNrKyPl",
    "PORTEVOIX_HOSTS": "avis.exemple.gouv.fr",
    "PORTEVOIX_PUBLISHER": "Direction d'essai",
    "PORTEVOIX_CONTACT": "contact@exemple.gouv.fr",
    "DATABASE_URL": "sqlite:///:memory:",
}


def run(home: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "portevoix.web", *words]
    env = environment(home, 8000) | variables
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_a_real_site_passes_the_checks_of_deployment(tmp_path: Path) -> None:
    ended = run(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert ended.returncode == 0, ended.stderr
    assert "no issues" in ended.stdout + ended.stderr


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"PORTEVOIX_SECRET_KEY": ""}, "PORTEVOIX_SECRET_KEY manque"),
        ({"PORTEVOIX_SECRET_KEY": "courte"}, "trop courte"),
        ({"PORTEVOIX_HOSTS": ""}, "PORTEVOIX_HOSTS manque"),
        ({"DATABASE_URL": ""}, "DATABASE_URL manque"),
        ({"PORTEVOIX_TLS": "peut-être"}, "écrivez oui ou non"),
        ({"PORTEVOIX_THEME": "bleu"}, "choisissez dsfr ou neutral"),
        ({"PORT": "huit mille"}, "un nombre entier"),
        ({"PORTEVOIX_HOST": "x"}, "Vouliez-vous écrire PORTEVOIX_HOSTS ?"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, variables: dict[str, str], said: str) -> None:
    ended = run(tmp_path, "check", **{**PRODUCTION, **variables})
    assert ended.returncode == 1
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_cookies_and_transport_are_closed_behind_tls(tmp_path: Path) -> None:
    asked = (
        "from portevoix.web.config import settings as s; print(s.SESSION_COOKIE_SECURE, "
        "s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SECURE_SSL_REDIRECT, "
        "s.SECURE_HSTS_SECONDS >= 31_536_000, s.SESSION_COOKIE_NAME.startswith('__Host-'), "
        "s.CSRF_COOKIE_NAME.startswith('__Host-'), s.SESSION_COOKIE_SAMESITE == 'Lax')"
    )
    env = environment(tmp_path, 8000) | PRODUCTION
    command = [sys.executable, "-c", asked]
    ended = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["True"] * 8


def test_the_key_of_a_demonstration_is_kept_to_itself(tmp_path: Path) -> None:
    run(tmp_path, "check", PORTEVOIX_MODE="demonstration")
    key = tmp_path / "secret-key"
    assert key.stat().st_mode & 0o077 == 0
    first = key.read_text()
    run(tmp_path, "check", PORTEVOIX_MODE="demonstration")
    assert key.read_text() == first
