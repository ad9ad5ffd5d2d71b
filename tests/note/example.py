"""A small scope by hand: what the corpus would find of 24 experiences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from portevoix.corpus.findings import (
    Change,
    ChangeKind,
    Figures,
    Finding,
    Findings,
    Interval,
    Quote,
    Scope,
    Strength,
    Subject,
    SuggestionGroup,
    Theme,
)
from portevoix.corpus.statistics import wilson
from portevoix.labels import FEELING_LABELS
from portevoix.note.document import Figure, Note, Options, Source
from portevoix.note.levers import Lever
from portevoix.note.writer import write_note
from portevoix.types import Expectation, Feeling, Polarity

TOTAL = 24
CALLS = "J'ai appelé dix fois, le standard sonne dans le vide."
KIND = "L'agent d'accueil a été patient, il m'a tout expliqué."
LATE = "Mon dossier attend depuis cinq mois. Une date de réponse serait utile !"


def _source(n: int) -> Source:
    text = (KIND, CALLS, LATE)[n % 3]
    feeling = (Feeling.POSITIVE, Feeling.NEGATIVE, Feeling.NEGATIVE)[n % 3]
    place = ("CAF de Brume-sur-Loir", "CAF du Val-Clair")[n % 2]
    day = date(2025, 3 + n % 6, 1 + n)
    title = f"Récit {n}" if n else "Un <b>récit</b> & sa suite"
    return Source(f"e{n}", text, title, day, feeling, (place,), channels=("Téléphone",))


SOURCES = tuple(_source(n) for n in range(TOTAL))


def _ids(kind: int) -> tuple[str, ...]:
    return tuple(f"e{n}" for n in range(TOTAL) if n % 3 == kind)


def _quote(n: int, text: str) -> Quote:
    start = SOURCES[n].text.index(text)
    return Quote(f"e{n}", start, start + len(text), text)


def _theme(
    label: str, kind: int, code: Expectation, polarity: Polarity, *details: Finding
) -> Theme:
    ids = _ids(kind)
    quote = _quote(kind, (KIND, CALLS, LATE)[kind][:30])
    share = len(ids) / TOTAL
    interval = Interval(0.2, 0.45)
    return Theme(label, len(ids), 0.31, interval, ids, (quote,), code, polarity, share, details)


DETAIL = Finding(
    "appels laissés sans réponse", 8, 8 / 24, wilson(8, 24), _ids(1), topic="tel-sans-reponse"
)


def findings() -> Findings:
    bad = Polarity.UNFAVOURABLE
    late, calls = _ids(2), _ids(1)
    return Findings(
        scope=Scope("Allocations familiales", start=date(2025, 3, 1), end=date(2025, 8, 31)),
        figures=Figures(
            experiences=TOTAL, segments=40, first=date(2025, 3, 1), last=date(2025, 8, 24),
            without_expectation=("e3",),
        ),
        strengths=(_theme("Accueil et respect", 0, Expectation.ACC, Polarity.FAVOURABLE),),
        pain_points=(
            _theme("Joindre le service à distance", 1, Expectation.TEL, bad, DETAIL),
            _theme("Délais de traitement", 2, Expectation.DEL, bad),
        ),
        subjects=(
            Subject(
                "standard", 8, 8 / 24, wilson(8, 24), calls, (),
                ("standard",), Expectation.TEL, 0, 8,
            ),
        ),
        suggestions=(
            SuggestionGroup(
                "donner une date de réponse", 8, 8 / 24, wilson(8, 24), late, (), Expectation.DEL
            ),
        ),
        changes=(
            Change(
                "Joindre le service à distance", 6, 0.6, Interval(0.4, 0.8), calls[:6], (),
                ChangeKind.RISE, "", "", date(2025, 6, 1), date(2025, 8, 31),
                Strength.ESTABLISHED, 0.1, 0.001, "exact de Fisher", Expectation.TEL, bad,
            ),
        ),
        limits=("aucune comparaison par département : trop peu d'expériences",),
        engine="essai 1",
    )  # fmt: skip


def _lever(identifier: str, code: Expectation, title: str, *topics: str) -> Lever:
    return Lever(
        id=identifier, expectation=code, also=(), commitment=2, title=title,
        what="Une équipe rappelle chaque appel perdu.", first_step="Relever les appels perdus.",
        effect="Part des appels rappelés, chaque mois.", not_when="Les appels aboutissent déjà.",
        topics=topics, who="Le responsable du standard", when="Sous un mois",
    )  # fmt: skip


LEVERS = (
    _lever("L1", Expectation.TEL, "Rappeler les appels perdus", "tel-sans-reponse"),
    _lever("L2", Expectation.TEL, "Raccourcir le serveur vocal", "tel-serveur"),
    _lever("L3", Expectation.DEL, "Annoncer une date de réponse", "DEL"),
    _lever("L4", Expectation.NUM, "Réparer le site", "num-panne"),
)


def figures(kept: Sequence[Source] = SOURCES) -> tuple[Figure, ...]:
    """The key figures of some sources, as the study counts them."""

    def figure(kind: str, label: str, ids: tuple[str, ...]) -> Figure:
        share = len(ids) / len(kept)
        return Figure(label, len(ids), share, wilson(len(ids), len(kept)), ids, kind=kind)

    def where(test: Callable[[Source], bool]) -> tuple[str, ...]:
        return tuple(source.id for source in kept if test(source))

    made = [figure("experiences", "Expériences", where(lambda _: True))]
    for feeling in (Feeling.POSITIVE, Feeling.NEUTRAL, Feeling.NEGATIVE):
        ids = where(lambda source, feeling=feeling: source.feeling is feeling)  # type: ignore[misc]
        made.append(figure("feeling", FEELING_LABELS[feeling], ids))
    for month in sorted({f"{source.day:%Y-%m}" for source in kept}):
        ids = where(lambda source, month=month: f"{source.day:%Y-%m}" == month)  # type: ignore[misc]
        made.append(figure("month", month, ids))
    return tuple(made)


def write(told: Findings, kept: Sequence[Source] = SOURCES, options: Options | None = None) -> Note:
    known = {source.id: source for source in kept}
    return write_note(told, levers=LEVERS, sources=known, figures=figures(kept), options=options)


def note(options: Options | None = None) -> Note:
    return write(findings(), options=options)
