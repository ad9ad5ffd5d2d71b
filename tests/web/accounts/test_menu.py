"""The menu of the work area: each role is offered the screens it may open, and only those."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.cast import Cast

_MENU = re.compile(r'<ul class="fr-nav__list">(.*?)</ul>', re.DOTALL)
_LINK = re.compile(r'href="([^"]+)"')
OFFERED = {
    "agent_caf_sambrelle": "desk:home desk:work knowledge:search desk:figures notes:board",
    "super_agent_caf_sambrelle": "desk:home desk:work knowledge:search desk:figures"
    " notes:studies notes:board",
    "moderator": "desk:home moderation:queue desk:figures notes:board",
    "admin": "desk:home desk:figures notes:studies notes:board administration:accounts",
    "without_role": "desk:home",
}


def menu_of(client: Client, address: str) -> list[str]:
    found = _MENU.search(client.get(address).content.decode())
    assert found
    return _LINK.findall(found[1])


@pytest.mark.parametrize("who", OFFERED)
def test_a_role_is_offered_the_screens_it_may_open(client: Client, cast: Cast, who: str) -> None:
    client.force_login(getattr(cast, who))
    offered = menu_of(client, reverse("desk:home"))
    assert offered == [reverse(name) for name in OFFERED[who].split()]
    assert {client.get(address).status_code for address in offered} == {200}


def test_pages_everyone_reads_keep_the_public_menu(client: Client, cast: Cast) -> None:
    client.force_login(cast.agent_caf_sambrelle)
    assert reverse("deposit:start") in menu_of(client, reverse("public:home"))
