"""Each message leaves once, later when the server is down, and is forgotten when sent."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler
from django.core import mail as django_mail
from django.utils import timezone

from portevoix.web.mail.actions import cancel, deliver_due, owe
from portevoix.web.mail.enums import MessageState
from portevoix.web.mail.letters import Letter, Link
from portevoix.web.mail.models import Message

LETTER = Letter(
    subject="Votre avis est publié",
    paragraphs=["Il est en ligne depuis ce matin.", "Aucun <b>risque</b>."],
    link=Link("Lire mon avis", "/mon-avis/clef/"),
    reason="Vous avez laissé cette adresse en donnant votre avis.",
    unsubscribe="/ne-plus-recevoir/clef/",
)


class Received(Handler):
    """A real server that keeps what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[email.message.Message] = []

    def handle_message(self, message: email.message.Message) -> None:
        self.messages.append(message)


@pytest.fixture
def port(settings: Any) -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        chosen: int = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", chosen
    return chosen


@pytest.fixture
def server(port: int) -> Iterator[Received]:
    received = Received()
    controller = Controller(received, hostname="127.0.0.1", port=port)
    controller.start()
    yield received
    controller.stop()


def test_a_message_has_text_html_and_its_headers(db: None, server: Received) -> None:
    owe("published", "a@exemple.fr", LETTER, key="published/1")
    assert deliver_due() == 1
    (message,) = server.messages
    text, html = message.get_payload()
    assert "/mon-avis/clef/" in text.get_payload(decode=True).decode()
    assert "&lt;b&gt;risque" in html.get_payload(decode=True).decode()
    assert message["List-Unsubscribe"] == "<http://127.0.0.1:8000/ne-plus-recevoir/clef/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_same_key_is_sent_once(db: None) -> None:
    for _ in range(3):
        owe("published", "a@exemple.fr", LETTER, key="published/1")
        deliver_due()
    assert len(django_mail.outbox) == 1


def test_what_was_sent_is_forgotten(db: None) -> None:
    owe("published", "a@exemple.fr", LETTER, key="published/1")
    deliver_due()
    message = Message.objects.get()
    assert message.state == MessageState.SENT
    assert (message.recipient, message.subject, message.text, message.html) == ("", "", "", "")


def test_a_server_down_for_an_hour_makes_every_message_later_once(
    db: None, port: int, settings: Any
) -> None:
    for number in range(5):
        owe("published", f"a{number}@exemple.fr", LETTER, key=f"published/{number}")
    # Nobody listens on this port: seven attempts over an hour.
    for _ in range(7):
        assert deliver_due() == 0
        Message.objects.update(leaves_at=timezone.now())
    received = Received()
    controller = Controller(received, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        assert deliver_due() == 5
        assert deliver_due() == 0
    finally:
        controller.stop()
    assert sorted(m["To"] for m in received.messages) == [f"a{n}@exemple.fr" for n in range(5)]


def test_attempts_are_spaced_then_given_up(db: None, port: int) -> None:
    owe("published", "a@exemple.fr", LETTER, key="published/1")
    deliver_due()
    first = Message.objects.get()
    assert timedelta(seconds=20) < first.leaves_at - timezone.now() < timedelta(seconds=40)
    assert deliver_due() == 0
    Message.objects.update(leaves_at=timezone.now(), owed_at=timezone.now() - timedelta(days=6))
    deliver_due()
    message = Message.objects.get()
    assert message.state == MessageState.ABANDONED
    assert message.recipient == ""


def test_a_held_message_can_be_taken_back(db: None) -> None:
    owe("published", "a@exemple.fr", LETTER, key="published/1", hold=timedelta(seconds=30))
    assert deliver_due() == 0
    assert cancel("published/1")
    Message.objects.update(leaves_at=timezone.now())
    assert deliver_due() == 0
    assert not cancel("published/1")


def test_a_subject_cannot_carry_a_header(db: None) -> None:
    letter = Letter(subject="Bonjour\nBcc: tous@exemple.fr", paragraphs=["Oui."])
    owe("published", "a@exemple.fr", letter, key="published/1")
    deliver_due()
    assert django_mail.outbox[0].subject == "Bonjour Bcc: tous@exemple.fr"
    assert django_mail.outbox[0].recipients() == ["a@exemple.fr"]
