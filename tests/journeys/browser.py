"""Chromium as a person uses it: a phone, a desktop, without scripts; axe-core; screenshots."""

from __future__ import annotations

import atexit
import os
from functools import cache
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

HERE: Final = Path(__file__).resolve().parent
AXE: Final = HERE / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM: Final = Path("/usr/bin/chromium")
SCREENSHOTS: Final = Path(os.environ.get("SCREENSHOTS", HERE.parent.parent / "var" / "screenshots"))
PHONE: Final = {"width": 360, "height": 740}
DESKTOP: Final = {"width": 1280, "height": 900}
_RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@cache
def _playwright() -> Playwright:
    """The one driver of a process: a second one would refuse the event loop of the first."""
    started = sync_playwright().start()
    atexit.register(started.stop)
    return started


def launch(*switches: str) -> Browser:
    """Start Debian's Chromium; the first switches are those a container run as root needs."""
    return _playwright().chromium.launch(
        executable_path=str(CHROMIUM),
        args=[
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            *switches,
        ],
    )


def context(browser: Browser, address: str, size: dict[str, int], **options: Any) -> BrowserContext:
    """Open a fresh profile, in French; every error of a page's scripts fails the test."""
    made = browser.new_context(base_url=address, viewport=size, locale="fr-FR", **options)
    made.set_default_timeout(30_000)
    return made


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page, one line a kind: rule, what it asks, where."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})", _RULES
    )
    return [
        f"{v['id']}: {v['help']} ({', '.join(' '.join(n['target']) for n in v['nodes'][:4])})"
        for v in found["violations"]
    ]


def assert_accessible(page: Page) -> None:
    """Fail with what axe-core finds, and when the page is wider than its window."""
    found = violations(page)
    assert not found, "\n".join([page.url, *found])
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wider <= 0, f"{page.url} déborde de {wider} px"


def screenshot(page: Page, name: str) -> Path:
    """Keep a picture of the whole page, to be looked at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    width = (page.viewport_size or DESKTOP)["width"]
    path = SCREENSHOTS / f"{name}-{width}.png"
    page.screenshot(path=path, full_page=True)
    return path


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the thing of this name has the focus."""
    script = """() => {
        const e = document.activeElement;
        return (e.labels?.[0]?.innerText || e.innerText || e.value || "").trim();
    }"""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(script).startswith(name):
            return
    raise AssertionError(f"« {name} » n'est pas atteint au clavier")
