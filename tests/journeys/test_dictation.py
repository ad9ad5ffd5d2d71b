"""Someone speaks instead of typing: Chromium's microphone plays a file, words reach the field."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import browser as chromium
from tests.journeys.browser import PHONE, assert_accessible, context, screenshot, tab_to
from tests.paths import ROOT, SHARED
from tests.speech.sound import MODEL, edits, needs_espeak, needs_model, plain, speech, write_wav
from tests.web.serving import free_port
from tests.web.voice.served import prepare, served

pytestmark = [pytest.mark.slow, needs_espeak, needs_model]
SENTENCES = (
    "bonjour je voudrais prendre un rendez-vous",
    "personne ne répond au téléphone",
    "le site internet ne marche pas",
    "merci beaucoup pour votre aide",
)
LOCAL = {"PORTEVOIX_SPEECH": "local", "PORTEVOIX_SPEECH_MODEL": str(MODEL)}
CLIPS = SHARED / "data" / "speech" / "synth_wavenet"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("dictation"))


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return said(tmp_path_factory.mktemp("sound"), SENTENCES)


def said(folder: Path, sentences: tuple[str, ...]) -> Path:
    """Some sentences; Chromium plays the file again and again: a long silence ends it."""
    sound = b"".join(speech(sentence, 0.4, 1.2) for sentence in sentences) + bytes(60 * 32_000)
    return write_wav(folder / "said.wav", sound)


@contextmanager
def speaking(port: int, *, sound: Path | None, allowed: bool = True) -> Iterator[BrowserContext]:
    """A phone whose microphone plays a file; without one, it has no microphone."""
    switches = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={sound}"]
    browser = chromium.launch(*(switches if sound else []))
    options = {"permissions": ["microphone"]} if allowed else {}
    try:
        yield context(browser, f"http://127.0.0.1:{port}", PHONE, **options)
    finally:
        browser.close()


def story(profile: BrowserContext) -> Page:
    page = begin(profile)
    expect(page.get_by_role("button", name="Dicter")).to_be_visible()
    return page


def begin(profile: BrowserContext) -> Page:
    page = profile.new_page()
    page.goto("/donner-mon-avis/")
    page.get_by_role("button", name="Moyen").click()
    page.wait_for_url("**/recit/**")
    return page


def wrong(page: Page, said: tuple[str, ...]) -> float:
    """The character error rate of the field."""
    expected = " ".join(plain(sentence) for sentence in said)
    return edits(plain(field(page)), expected) / len(expected)


def field(page: Page) -> str:
    return page.get_by_label("Que s’est-il passé").input_value()


def wait_for(true: Callable[[], bool], within: float = 60) -> None:
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_by_keyboard_words_appear_and_can_be_edited_and_taken_back(
    home: Path, spoken: Path
) -> None:
    with served(home, **LOCAL) as site, speaking(site.port, sound=spoken) as profile:
        page = story(profile)
        assert_accessible(page)
        tab_to(page, "Dicter")
        page.keyboard.press("Enter")
        expect(page.locator(".pv-voice__words")).not_to_be_empty()
        screenshot(page, "dictation")
        assert_accessible(page)
        # The focus is on what ends it, and what is heard does not move it.
        expect(page.get_by_role("button", name="Terminer la dictée")).to_be_focused()
        wait_for(lambda: len(plain(field(page))) > len(" ".join(SENTENCES)) * 0.75)
        page.wait_for_timeout(2500)
        page.keyboard.press("Enter")
        expect(page.locator(".pv-voice__state")).to_contain_text("La dictée est terminée")
        expect(page.get_by_role("button", name="Dicter")).to_be_focused()
        assert wrong(page, SENTENCES) < 0.25, field(page)
        before = field(page)
        # Saved as typing is: nothing is lost by a reload.
        with page.expect_response(re.compile("/enregistrer/")):
            page.get_by_role("button", name="Effacer la dernière phrase").click()
        assert len(field(page)) < len(before)
        kept = field(page)
        page.reload()
        assert field(page) == kept


def test_words_go_where_the_cursor_is_and_typing_goes_on(home: Path, spoken: Path) -> None:
    with served(home, **LOCAL) as site, speaking(site.port, sound=spoken) as profile:
        page = story(profile)
        text = page.get_by_label("Que s’est-il passé")
        text.fill("Début. Fin.")
        text.evaluate("field => field.setSelectionRange(6, 6)")
        page.get_by_role("button", name="Dicter").click()
        wait_for(lambda: len(field(page)) > 30)
        text.press("End")
        text.press("Control+End")
        text.type(" Ajouté au clavier.")
        page.get_by_role("button", name="Mettre en pause").click()
        expect(page.locator(".pv-voice__state")).to_contain_text("en pause")
        page.get_by_role("button", name="Reprendre").click()
        page.get_by_role("button", name="Terminer la dictée").click()
        expect(page.get_by_role("button", name="Dicter")).to_be_visible()
        written = field(page)
        assert written.startswith("Début. ")
        assert "Ajouté au clavier." in written
        assert written.index("Fin.") > 20


def test_a_server_that_dies_within_a_sentence_loses_nothing(home: Path, tmp_path: Path) -> None:
    # Twice as long: the words heard from their middle, after the cut, weigh less in the measure.
    port, sentences = free_port(), SENTENCES * 2
    with speaking(port, sound=said(tmp_path, sentences)) as profile:
        with served(home, port=port, **LOCAL) as first:
            page = story(profile)
            page.get_by_role("button", name="Dicter").click()
            expect(page.locator(".pv-voice__words")).not_to_be_empty()
            page.wait_for_timeout(600)
            first.process.send_signal(signal.SIGKILL)
            expect(page.locator(".pv-voice__state")).to_contain_text("connexion est coupée")
        with served(home, port=port, **LOCAL):
            expect(page.locator(".pv-voice__state")).to_contain_text("Le micro écoute")
            wait_for(lambda: len(plain(field(page))) > len(" ".join(sentences)) * 0.875)
            page.wait_for_timeout(2500)
            page.get_by_role("button", name="Terminer la dictée").click()
            expect(page.get_by_role("button", name="Dicter")).to_be_visible()
            assert wrong(page, sentences) < 0.3, field(page)


def test_a_server_of_transcription_hears_a_real_clip(home: Path, tmp_path: Path) -> None:
    port = free_port()
    transcriber = subprocess.Popen(
        [sys.executable, "-m", "tests.speech.server", str(port)], cwd=ROOT
    )
    remote = {
        "PORTEVOIX_SPEECH": "remote",
        "PORTEVOIX_SPEECH_URL": f"http://127.0.0.1:{port}/v1",
        "PORTEVOIX_SPEECH_REMOTE_MODEL": "espeak",
        "PORTEVOIX_SPEECH_KEY": "secret-key",
    }
    clip = min(CLIPS.glob("*.wav"))
    try:
        with served(home, **remote) as site, speaking(site.port, sound=clip) as profile:
            page = story(profile)
            expect(page.locator(".pv-voice")).to_contain_text("soit envoyée à 127.0.0.1")
            page.get_by_role("button", name="Dicter").click()
            page.wait_for_timeout(5000)
            page.get_by_role("button", name="Terminer la dictée").click()
            expect(page.get_by_role("button", name="Dicter")).to_be_visible()
            assert len(plain(field(page))) > 10
    finally:
        transcriber.kill()
        transcriber.wait()


@pytest.mark.parametrize(
    ("sound", "said"), [(True, "n’est pas autorisé"), (False, "Aucun micro n’a été trouvé")]
)
def test_no_microphone_is_said_and_typing_remains(
    home: Path, spoken: Path, *, sound: bool, said: str
) -> None:
    file = spoken if sound else None
    with (
        served(home, **LOCAL) as site,
        speaking(site.port, sound=file, allowed=not sound) as profile,
    ):
        page = story(profile)
        page.get_by_label("Que s’est-il passé").fill("Déjà écrit.")
        page.get_by_role("button", name="Dicter").click()
        expect(page.locator(".pv-voice__state")).to_contain_text(said)
        assert field(page) == "Déjà écrit."


def test_without_engine_the_page_says_so(home: Path) -> None:
    with (
        served(home, PORTEVOIX_SPEECH="none") as site,
        speaking(site.port, sound=None) as profile,
    ):
        page = begin(profile)
        expect(page.locator("main")).to_contain_text("La dictée n’est pas proposée sur ce site")
        expect(page.get_by_role("button", name="Dicter")).to_have_count(0)
