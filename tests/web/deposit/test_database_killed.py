"""The database is killed (-9) after each answer, and at each message of the sending.

Meanwhile every page says so in French and gives back what was written. What was acknowledged is
there when the database comes back; sending again what was cut makes one story.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import httpx
import pytest

from tests.web.deposit.killed_database import Database, Door, binaries
from tests.web.deposit.served import PATH, STORY, Site

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(binaries() is None, reason="PostgreSQL n'est pas installé"),
]
INTERRUPTED: Final = "Le service est interrompu un moment"
_MOST_MESSAGES: Final = 80


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    # Not under pytest's folder, which the account of PostgreSQL may not enter.
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        made = Database(Path(folder) / "postgres")
        yield made
        made.kill()


@pytest.fixture(scope="module")
def door(database: Database) -> Iterator[Door]:
    made = Door(database)
    yield made
    made.close()


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory, database: Database, door: Door
) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("site"), DATABASE_URL=database.address(door.port))
    yield made
    made.kill()
    made.browser.close()


@pytest.fixture
def site(served: Site) -> Site:
    """The same site for all, for a person that it does not know."""
    served.browser.cookies.clear()
    return served


def away_then_back(site: Site, database: Database, step: str, **data: str) -> None:
    """Killed before `step` is sent: said, given back; then sent again from that very page."""
    shown = site.page(step)
    database.kill()
    cut = site.browser.post(f"{PATH}/{step}", data={**site.hidden(shown), **data})
    assert cut.status_code == 503
    assert INTERRUPTED in cut.text
    assert int(cut.headers["Retry-After"]) > 0
    assert "Ce que vous avez écrit n’est pas perdu" in cut.text
    database.start()
    again = site.browser.post(f"{PATH}/{step}", data=fields(cut.text))
    assert again.status_code == 302, again.text


def fields(page: str) -> dict[str, str]:
    """What the button « Envoyer de nouveau » sends."""
    short = re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', page)
    long = re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>\n([^<]*)</textarea>', page)
    return {name: html.unescape(value) for name, value in [*short, *long]}


def test_killed_before_each_step(site: Site, database: Database) -> None:
    before = database.count("experiences_experience")
    long_story = f"{STORY}\nEt « merci » à <l'agent> & aux autres. " * 3
    away_then_back(site, database, "", feeling="negative")
    away_then_back(site, database, "recit/", text=long_story)
    assert "deux heures au guichet" in site.page("recit/")
    away_then_back(site, database, "service/", unknown="1")
    away_then_back(site, database, "precisions/", posted_as="relative", pseudonym="Zoé")
    assert "signé Zoé" in site.page("envoi/")
    away_then_back(site, database, "envoi/", consent="on")
    database.kill()
    cut = site.browser.get(f"{PATH}/merci/")
    assert cut.status_code == 503
    assert "rechargez la page" in cut.text
    database.start()
    receipt = site.page("merci/")
    link = receipt.split(f'value="http://127.0.0.1:{site.port}')[1].split('"')[0]
    assert "aux autres" in html.unescape(site.browser.get(link).text)
    assert database.count("experiences_experience") == before + 1


def test_killed_at_each_message_of_the_sending(site: Site, database: Database, door: Door) -> None:
    """Every other message, to the last: the one that commits, whose answer never comes."""
    before = database.count("experiences_experience")
    site.fill()
    data = site.sending()
    answer = httpx.Response(503)
    for messages in range(1, _MOST_MESSAGES, 2):
        door.arm(messages)
        answer = site.browser.post(f"{PATH}/envoi/", data=data)
        if answer.status_code != 503:
            break
        assert INTERRUPTED in answer.text
        assert door.killed.wait(30)
        database.start()
        assert database.count("experiences_experience") <= before + 1
    door.disarm()
    assert answer.headers["Location"] == f"{PATH}/merci/"
    assert "Merci, votre avis est envoyé" in site.page("merci/")
    assert database.count("experiences_experience") == before + 1
    assert database.count("experiences_authorkey") == before + 1
