"""The server is killed (-9) at every step, after an answer and in the middle of one.

What was acknowledged is there when it comes back; sending again what was cut makes one story.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.web.deposit.served import PATH, STORY, Site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    yield made
    made.kill()
    made.browser.close()


def count(site: Site, table: str) -> int:
    with sqlite3.connect(site.home / "portevoix.sqlite3") as base:
        return int(base.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@pytest.mark.slow
def test_killed_after_each_answer(site: Site) -> None:
    assert site.post("", feeling="negative").status_code == 302
    site.restart()
    assert "mal</strong>" in site.page("recit/")

    assert site.post("recit/", text=STORY).status_code == 302
    site.restart()
    assert "deux heures au guichet" in site.page("recit/")

    assert site.post("service/", unknown="1").status_code == 302
    assert site.post("precisions/", posted_as="relative", pseudonym="Zoé").status_code == 302
    site.restart()
    assert 'value="Zoé"' in site.page("precisions/")
    assert "signé Zoé" in site.page("envoi/")

    assert site.post("envoi/", consent="on").status_code == 302
    site.restart()
    receipt = site.page("merci/")
    link = receipt.split(f'value="http://127.0.0.1:{site.port}')[1].split('"')[0]
    assert "deux heures au guichet" in site.browser.get(link).text
    assert count(site, "experiences_experience") == 1


@pytest.mark.slow
def test_killed_while_it_sends(site: Site) -> None:
    """Whenever the cut falls, sending again ends with one story and one receipt."""
    site.fill()
    data = site.sending()
    for delay in (0.0, 0.01, 0.03):
        cut = threading.Thread(target=_cut, args=(site, delay))
        cut.start()
        with contextlib.suppress(httpx.TransportError):
            site.browser.post(f"{PATH}/envoi/", data=data)
        cut.join()
        site.start()
        assert count(site, "experiences_experience") <= 1
    assert site.browser.post(f"{PATH}/envoi/", data=data).headers["Location"] == f"{PATH}/merci/"
    assert "Merci, votre avis est envoyé" in site.page("merci/")
    assert count(site, "experiences_experience") == 1
    assert count(site, "experiences_authorkey") == 1


def _cut(site: Site, delay: float) -> None:
    time.sleep(delay)
    site.kill()
