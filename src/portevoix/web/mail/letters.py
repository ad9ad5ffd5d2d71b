"""What a message says: one idea, one link, and why it was received; its text and its HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.template.loader import render_to_string


@dataclass(frozen=True, slots=True)
class Link:
    """A link with what it does; `address` may be a path of this site."""

    label: str
    address: str

    @property
    def absolute(self) -> str:
        if self.address.startswith("/"):
            return f"{settings.PORTEVOIX_BASE_URL}{self.address}"
        return self.address


@dataclass(frozen=True, slots=True)
class Letter:
    """The parts of a message, in order; everything but `subject` and `paragraphs` is optional.

    `quote` is a text set apart (an answer, a story). `items` is a list of links (a digest).
    `reason` says why the person receives it; `unsubscribe` is a one-click address.
    """

    subject: str
    paragraphs: Sequence[str]
    greeting: str = "Bonjour,"
    quote: str = ""
    items: Sequence[Link] = ()
    link: Link | None = None
    after: Sequence[str] = ()
    reason: str = ""
    unsubscribe: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """Return the plain text: lines of words, addresses alone on their line."""
        blank = "\n\n"
        return blank.join(part for part in self._text_parts() if part).strip() + "\n"

    def html(self) -> str:
        """Return the HTML: one column of 600 px, readable without images and in the dark."""
        return render_to_string(
            "mail/letter.html",
            {"letter": self, "site_name": settings.PORTEVOIX_NAME, "home": _home()},
        )

    def all_headers(self) -> dict[str, str]:
        """Return the headers of the message, with how to unsubscribe when one can."""
        if not self.unsubscribe:
            return dict(self.headers)
        address = Link("", self.unsubscribe).absolute
        return {
            **self.headers,
            "List-Unsubscribe": f"<{address}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }

    @property
    def unsubscribe_address(self) -> str:
        return Link("", self.unsubscribe).absolute if self.unsubscribe else ""

    def _text_parts(self) -> list[str]:
        return [
            self.greeting,
            *self.paragraphs,
            "\n".join(f"> {line}" for line in self.quote.splitlines()),
            "\n".join(f"- {item.label}\n  {item.absolute}" for item in self.items),
            f"{self.link.label} :\n{self.link.absolute}" if self.link else "",
            *self.after,
            settings.PORTEVOIX_NAME,
            f"-- \n{self.reason}" if self.reason else "",
            f"Ne plus recevoir ces messages : {self.unsubscribe_address}"
            if self.unsubscribe
            else "",
        ]


def _home() -> str:
    return f"{settings.PORTEVOIX_BASE_URL}/"
