"""A note is ready in our words, then said again by a model; the reader sees which is which."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client

from portevoix.web.accounts.models import Agent
from portevoix.web.notes import actions, compositions, exports, tasks, wordings
from portevoix.web.notes.models import ModelWording, Study
from portevoix.web.runs.actions import engines
from portevoix.web.runs.models import Run
from tests.llm.server import Application
from tests.web.cast import Cast
from tests.web.notes.crowd import crowd

SignIn = Callable[[Agent], Client]


@pytest.fixture
def study(cast: Cast) -> Study:
    crowd(cast.caf_sambrelle, "Allocations familiales")
    made = Study(network=cast.caf)
    tasks.make_note.func(actions.start(made, cast.manager_caf).pk)
    made.refresh_from_db()
    return made


def said_again(study: Study, language_model: Application) -> tuple[str, str, str]:
    """Have the model say the first sentence with other words; its key, the old and the new."""
    assert study.current is not None
    first, second, *_ = wordings.sentences(study.current.document)
    new = f"En bref, {first.text[0].lower()}{first.text[1:]}"
    wrong = f"{second.text} Cela concerne 999 personnes."
    changed = [{"numero": 1, "phrase": new}, {"numero": 2, "phrase": wrong}]
    language_model.sentences = [{"phrases": changed}, *[{"phrases": []}] * 20]
    tasks.word_note.func(study.current.pk)
    return first.key, first.text, new


def test_without_a_model_nothing_is_asked(study: Study) -> None:
    assert study.current is not None
    assert wordings.word(study.current) == 0
    assert not ModelWording.objects.exists()


def test_what_holds_is_read_and_marked_the_rest_stays_ours(
    language_model: Application, study: Study, cast: Cast, signed_in: SignIn
) -> None:
    key, old, new = said_again(study, language_model)
    assert study.current is not None
    assert [one.key for one in ModelWording.objects.all()] == [key]
    said = next(one for one in compositions.compose(study, study.current).sentences() if one.model)
    assert (said.text, said.machine) == (new, old)
    page = signed_in(cast.manager_caf).get(study.get_absolute_url()).content.decode()
    assert page.count("dit par un modèle de langue") == 1
    assert study.current.run is not None
    assert study.current.run.engine == "embedded"
    run = Run.objects.filter(prompt_version="note.v1").latest("pk")
    assert (run.engine, run.outcome) == ("llm", "answered")


def test_a_person_s_words_stay_over_the_model_s(
    language_model: Application, study: Study, cast: Cast
) -> None:
    key, _old, _new = said_again(study, language_model)
    actions.word(study, key, "Ma phrase.", cast.manager_caf)
    assert study.current is not None
    found = {one.key: one for one in compositions.compose(study, study.current).sentences()}
    assert (found[key].text, found[key].human, found[key].model) == ("Ma phrase.", True, False)


def test_files_mark_the_sentences_of_the_model(language_model: Application, study: Study) -> None:
    _key, _old, new = said_again(study, language_model)
    assert study.current is not None
    html = exports.render(study, study.current, "html")
    assert isinstance(html, str)
    assert "dite par un modèle de langue et vérifiée" in html
    data = json.loads(exports.render(study, study.current, "json"))
    told = [s for section in data["sections"] for s in section["sentences"]]
    told += [s for section in data["sections"] for p in section["points"] for s in p["sentences"]]
    assert [s["text"] for s in told if s["model"]] == [f"{new}\u00a0*"]


def test_a_server_that_fails_leaves_the_note_as_it_was(
    language_model: Application, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTEVOIX_LLM_MODEL", "prose")
    engines.cache_clear()
    assert study.current is not None
    tasks.word_note.func(study.current.pk)
    assert not ModelWording.objects.exists()
    assert Run.objects.filter(prompt_version="note.v1").latest("pk").outcome == "fallback"
