"""Every address of the site, asked what nobody should ask: it may refuse, never break.

Addresses come from the resolver and the names of parameters from the sources, so that a page that
is added is crawled without anyone thinking of it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

import portevoix.web
from portevoix.web.accounts.models import Agent
from portevoix.web.config.logs import WithoutMessages, WithoutPaths
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply

_SOURCES: Final = Path(portevoix.web.__file__).parent
_READ: Final = re.compile(r"""\b(GET|POST)(?:\.get|\.getlist)?[(\[]\s*["'](\w+)["']""")
_FIELD: Final = re.compile(r"^    (\w+) = forms\.", re.MULTILINE)
HOSTILE: Final = (
    "",
    "\0",
    "a\0b",
    "-1",
    "0",
    "1e309",
    "9" * 40,
    "x" * 5_000,
    "' OR 1=1; DROP TABLE experiences_experience; --",
    '"><script>alert(1)</script>',
    "../../etc/passwd",
    "{{ 7 * 7 }}%s%(x)s",
    "👩‍👩‍👧‍👦é\u202e\ufeff\ud7ff",
    "2026-02-30",
    "eyJhIjoxfQ",
    "WyJhZnRlciIsIngiLDFd",
    "[]",
    "*:* AND (",
)
_PLACES: Final[dict[str, tuple[str, ...]]] = {
    "int": ("1", "0", "9" * 30),
    "slug": ("x", "a" * 300),
    "str": ("x", "%00", "%F0%9F%92%A9", "a" * 300),
    "path": ("x", "%2e%2e/%2e%2e/x"),
    "uuid": ("00000000-0000-0000-0000-000000000000",),
}
_SECRET: Final = "nadia.durand@exemple.fr"
_INLINE: Final = re.compile(
    r"<style|\sstyle=|\son[a-z]+=[\"']|javascript:|<script(?![^>]*\bsrc=)(?![^>]*json)[^>]*>"
)
_PART: Final = re.compile(r"<(?:(\w+):)?\w+>")
_GROUP: Final = re.compile(r"\(\?P<\w+>[^()]*(?:\([^()]*\)[^()]*)*\)")


def _routes(resolver: Any, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route


def addresses() -> list[str]:
    """Each route, its places filled with the n-th of what may be put there."""
    found = []
    for route in _routes(get_resolver()):
        plain = _GROUP.sub("1-abc", route.replace("^", "").replace("$", "").replace("\\Z", ""))
        for rank in range(4):

            def fill(place: re.Match[str], rank: int = rank) -> str:
                values = _PLACES.get(place[1] or "str", ("x",))
                return values[min(rank, len(values) - 1)]

            found.append("/" + _PART.sub(fill, plain).replace("\\", ""))
    return list(dict.fromkeys(found))


@cache
def parameters(method: str) -> list[str]:
    names: set[str] = set()
    for path in _SOURCES.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        names |= {name for kind, name in _READ.findall(source) if kind == method}
        names |= set(_FIELD.findall(source))
    return sorted(names)


@pytest.fixture
def _unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portevoix.web.ui.limits.count", lambda *_args, **_kwargs: 1)


def _ask(client: Client, address: str, value: str, method: str) -> int:
    if method == "get":
        asked = dict.fromkeys(parameters("GET"), value)
        return client.get(address, asked).status_code
    if method == "post":
        sent = dict.fromkeys(parameters("POST"), value)
        return client.post(address, sent).status_code
    return client.generic(method.upper(), address, value.encode(), "application/json").status_code


@pytest.mark.usefixtures("_unlimited")
@pytest.mark.parametrize("who", ["", "admin", "moderator", "super_agent_caf_sambrelle"])
def test_nothing_breaks(cast: Cast, who: str) -> None:
    make_reply(make_experience(cast.caf_sambrelle))
    make_experience(cast.caf_sambrelle, published=False)
    client = Client(raise_request_exception=False)
    agent: Agent | None = getattr(cast, who) if who else None
    hostile, odd, broken = cycle(HOSTILE), cycle(("put", "delete", "patch", "options")), []
    for address in addresses():
        for method in ("get", "post", "get", "post", next(odd)):
            if agent is not None:
                # An address may sign out, or a wrong code close the session.
                client.force_login(agent)
            value = next(hostile)
            status = _ask(client, address, value, method)
            if status >= 500:
                broken.append(f"{method} {address} {value[:20]!r}: {status}")
    assert not broken, "\n".join(broken)


@pytest.mark.usefixtures("_unlimited")
@pytest.mark.parametrize("who", ["", "admin", "moderator"])
def test_every_page_keeps_to_the_content_policy(cast: Cast, who: str) -> None:
    told = make_experience(cast.caf_sambrelle)
    make_reply(told)
    client = Client()
    if who:
        client.force_login(getattr(cast, who))
    seen = 0
    for address in {*addresses(), told.get_absolute_url()}:
        response = client.get(address)
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        seen += response.status_code == 200
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy, address
        assert "unsafe" not in policy, address
        found = _INLINE.findall(response.content.decode())
        assert not found, f"{address}: {found[:3]}"
    assert seen > 15


@pytest.mark.usefixtures("_unlimited")
def test_logs_hold_nothing_that_people_send(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    make_reply(make_experience(cast.caf_sambrelle))
    clients = [Client(raise_request_exception=False) for _ in range(2)]
    clients[1].force_login(cast.moderator)
    with caplog.at_level(logging.INFO):
        for address in addresses():
            for client in clients:
                _ask(client, address, _SECRET, "get")
                _ask(client, address, _SECRET, "post")
    kept = [record for record in caplog.records if not record.name.startswith("asyncio")]
    said = [WithoutMessages().format(record) for record in kept if WithoutPaths().filter(record)]
    assert len(said) > 100
    assert not [line for line in said if "nadia" in line.lower()]


def test_the_crawl_reaches_what_it_must() -> None:
    found = addresses()
    assert "/experiences/" in found
    assert "/experiences/1/" in found
    assert any(address.startswith("/espace/") for address in found)
    assert len(found) > 100
    assert {"mots", "page", "ressenti", "reseau"} <= set(parameters("GET"))
