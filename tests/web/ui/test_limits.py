"""One address does a thing so many times a window; another is not held back by it."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from portevoix.web.ui.limits import limited


def _asked(address: str, method: str = "POST") -> HttpRequest:
    request = getattr(RequestFactory(), method.lower())("/", REMOTE_ADDR=address)
    assert isinstance(request, HttpRequest)
    return request


@limited("trial", 2, seconds=600)
def write(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("fait")


@limited("trial-reads", 2, seconds=600, writes=False)
def read(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("lu")


def test_the_third_is_refused_and_told_when_to_come_back(db: None) -> None:
    assert [write(_asked("192.0.2.1")).status_code for _ in range(3)] == [200, 200, 429]
    refused = write(_asked("192.0.2.1"))
    assert refused["Retry-After"] == "600"
    assert "Attendez quelques minutes" in refused.content.decode()
    assert write(_asked("192.0.2.2")).status_code == 200


def test_reading_a_form_does_not_count(db: None) -> None:
    assert {write(_asked("192.0.2.3", "GET")).status_code for _ in range(5)} == {200}


def test_reads_are_counted_in_memory(db: None) -> None:
    assert [read(_asked("192.0.2.4", "GET")).status_code for _ in range(3)] == [200, 200, 429]


def test_one_person_has_a_whole_ipv6_network(db: None) -> None:
    addresses = ["2001:db8::1", "2001:db8::2", "2001:db8::ffff"]
    assert [write(_asked(a)).status_code for a in addresses] == [200, 200, 429]


def test_no_address_is_kept(db: None) -> None:
    write(_asked("192.0.2.55"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache_entry")
        kept = [key for (key,) in cursor.fetchall()]
    assert any("limit:trial" in key for key in kept)
    assert not any("192.0.2" in key for key in kept)
