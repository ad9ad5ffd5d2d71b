# ruff: noqa: E501 -- the frames are one a bar, not one a line
"""Trains the tagger of names: marked texts of this project, and identities put into real texts.

    python training/redact_names.py ../shared src/portevoix/data/redact/names.crfsuite [A|B]

With A or B, only that half of the marked texts is used (even or odd numbers): the other measures.
Real experiences hold no name (they were moderated): they teach what is not one, and where invented
identities are put into them, what is. None of their sentences is kept in the weights.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pycrfsuite

from portevoix.evaluation.redaction import Case, read_cases, read_marks
from portevoix.text.redact.lexicon import lexicon
from portevoix.text.redact.tagger import features
from portevoix.text.redact.tokens import ENTITIES, tokenize

FRAMES = """
Merci à {N} pour sa patience.|{N} m'a très bien renseigné.|J'ai eu {N} au téléphone.|Je m'appelle {F}.
Je suis {F} et j'attends toujours.|Mme {L} est adorable.|M. {L} ne répond jamais.|Monsieur {L} m'a raccroché au nez.
Madame {F} a pris le temps.|mme {l} a perdu mon dossier|mr {l} est tres gentil|Bravo {P} !|Bravo à {P} et {P}.
Signé {F}|Cordialement, {F}|Bien à vous,\n{F}|Le conseiller, {N}, a été parfait.|L'agent {N} a été désagréable.
L'agente {P} a tout repris.|la conseillere {p} ma bien aidé|le gendarme {L} est venu tout de suite.|L'adjudant {L} nous a rassurés.
Au guichet, {P} a fait le nécessaire.|Ma fille {P} attend sa carte.|Mon mari {P} est décédé en mars.|Ma mère, {F}, a 87 ans.
Mon fils {F} est handicapé.|Docteur {L} a refusé.|Le dr {L} est absent.|Nom : {U}|Prénom : {P}|nom de naissance {L}
née {L}|épouse {L}|Bonjour, c'est {P}.|moi c'est {p}|Une certaine {P} m'a dit de revenir.|{P} a raccroché.|{P} m'a répondu en deux minutes.
Heureusement que {P} était là.|Mille mercis à {P} du service social.|Dossier au nom de {F}.|Titulaire du compte : {F}
je m appelle {f}|je mapelle {f}|JE SUIS {U}, NÉ EN 1958.|MERCI A {U}|MME {U} EST UNE PERLE|Rappelez {N} s'il vous plaît.|La famille {L} attend aussi.
J'ai écrit à {N}, sans réponse.|Elle s'appelle {P}.|il s'appelle {p} je crois|{I}, à l'accueil, a souri.|Merci {I} !|Mme {X}. a été froide.|M. {X}. encore.
Mon voisin {N} a eu la même chose.|Maître {L} m'a écrit.|Mme {F}, directrice, s'est excusée.|avec M. et Mme {L}|ma collègue {P} aussi|{P}, {P} et {P} sont au top
grâce à {P}, tout est réglé|Demandez {P}, pas {P}.|selon {P}, le dossier est complet|La réponse est signée {F}.|j'ai demandé a parler a {p}
La première, {P}, top. Le second, {L}, non.|Le brigadier {L} a été formidable.|Ms {L}|Mlle {L} m'a reçu.|Merci au docteur {L} et à {P}.|{f} et {f}|{F}, {X}. {L}
Je soussigné {F}, certifie|votre collaboratrice {N} m'assure|un monsieur {L} m'a appelé|une dame, {P}, m'a aidé|l'infirmière {P} est douce|{U}
On m'a dit de voir avec {N}.|{P} est un ange.|Je n'ai rien contre {P} mais bon.|Ce n'est pas la faute de {P}.|Pour {F} tout va bien.|d'après {P} c'est bon|{P}\n|affaire à {P}|du mal de {P}, du bien de {P}|« {L} » au lieu de « {L} »|au nom de {U}|la naissance de {P} a été déclarée|AGENT {U} TRÈS BIEN|l'AGENT {U}|cherchez {L}|rappelez moi, {P}, le soir|J'ai noté les noms : {F}, {I} et {P}.|prévenez {P}|c'est {F} qui a décroché|un {L} au lieu de {L}|le vigile {p}|il sappelle {p}|jsuis {p}|c mr {l}|{P} et son collègue|mon nom d'usage est {L}|chez M. {L}|Mr {L}|M {L} et Mme {L}
"""
# Where a real sentence names a person by function, the identity goes right after.
HOOKS = re.compile(
    r"\b(l'agent|l’agent|la conseillère|le conseiller|ma conseillère|mon conseiller|le gendarme|la gendarme"
    r"|ma fille|mon fils|mon mari|ma femme|ma mère|mon père|mon épouse|une dame|un monsieur|ma conjointe"
    r"|l'agente|mon ami|mon frère|ma sœur|le consul|la secrétaire|la personne|l'interlocutrice|mon compagnon)\b"
)


# A real text that may name someone after a civility is no example of text without names.
ANNOUNCED = re.compile(r"\b(?:Mme|M\.|Mr|Madame|Monsieur|madame|monsieur|mme|mr) (?!le |la )[A-Z]")


def likely_signed(text: str) -> bool:
    """Whether a first name of the INSEE list stands in the text with a capital."""
    return any(
        token.word.first_name
        and not token.word.ordinary
        and token.word.shape == "Xx"
        and token.word.folded not in ENTITIES
        for token in tokenize(text)
    )


class Identities:
    """Invented people, drawn from the lists of first and family names."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        known = lexicon()
        self.first = sorted(n for n in known.first_names if len(n) > 2)
        self.last = sorted(n for n in known.family_names if 3 < len(n) < 14)
        self.common = sorted(n for n in known.family_names & known.words if len(n) > 3)
        self.towns = sorted(n for n in known.family_names & known.places if len(n) > 3)
        self.old = sorted(set(self.first) - set(known.words))

    def one(self, slot: str) -> str:
        """A name of the form the slot asks: first, last, full, lower, upper, initials."""
        first, last = self._first(), self._last()
        forms = {
            "P": first,
            "p": first.lower(),
            "L": last,
            "l": last.lower(),
            "F": f"{first} {last}" if self.draw.random() < 0.85 else f"{last.upper()} {first}",
            "f": f"{first} {last}".lower() if self.draw.random() < 0.6 else first.lower(),
            "U": f"{first} {last}".upper() if self.draw.random() < 0.6 else last.upper(),
            "I": f"{first} {last[0]}.",
            "X": last[0],
        }
        if slot == "N":
            return self.draw.choice(
                [first, f"{first} {last}", f"Mme {last}", f"M. {last}", f"{first[0]}. {last}"]
            )
        return forms[slot]

    def _first(self) -> str:
        name = self.draw.choice(self.old if self.draw.random() < 0.75 else self.first).title()
        return f"{name}-{self.draw.choice(self.old).title()}" if self.draw.random() < 0.06 else name

    def _last(self) -> str:
        pick = self.draw.random()
        pool = self.common if pick < 0.15 else self.towns if pick < 0.22 else self.last
        name = self.draw.choice(pool).title()
        turn = self.draw.random()
        if turn < 0.06:
            return f"{name}-{self.draw.choice(self.last).title()}"
        if turn < 0.14:
            return (
                self.draw.choice(
                    [
                        "Le ",
                        "De ",
                        "Da ",
                        "El ",
                        "Ben ",
                        "d'",
                        "N'",
                        "O'",
                        "Van ",
                        "de la ",
                        "Ould ",
                    ]
                )
                + name
            )
        return name


def marked(identities: Identities, frame: str) -> str:
    """The frame filled, each name marked without its civility."""

    def fill(match: re.Match[str]) -> str:
        name = identities.one(match.group(1))
        title = re.match(r"(?:Mme|M\.) ", name)
        kept = title.group() if title else ""
        return f"{kept}[[PERSON:{name[len(kept) :]}]]"

    filled = re.sub(r"\{(\w)\}", fill, frame)
    return re.sub(r"(\[\[PERSON:\w)\]\]\.", r"\1.]]", filled)


def inserted(real: list[str], seed: int) -> Iterator[Case]:
    """Real texts with invented identities in or between their sentences."""
    identities = Identities(seed)
    draw = identities.draw
    frames = [f for f in re.split(r"\||\n(?=\S)", FRAMES.strip()) if f]
    for number, text in enumerate(real * 3):
        hooks = list(HOOKS.finditer(text))
        if hooks and draw.random() < 0.5:
            hook = draw.choice(hooks)
            comma = draw.random() < 0.3
            name = marked(identities, "{N}" if draw.random() < 0.5 else "{P}")
            name = f", {name}," if comma else f" {name}"
            out = text[: hook.end()] + name + text[hook.end() :]
        else:
            cuts = [m.end() for m in re.finditer(r"[.!?]\s+|\n", text)] + [0, len(text)]
            cut = draw.choice(cuts)
            out = f"{text[:cut].rstrip(' ')} {marked(identities, draw.choice(frames))} {text[cut:]}"
        if draw.random() < 0.12:
            parts = re.split(r"(\[\[PERSON:.*?\]\])", out)
            out = "".join(
                p if p.startswith("[[") and draw.random() < 0.0 else _loud(p) for p in parts
            )
        elif draw.random() < 0.12:
            out = re.sub(r"(\[\[PERSON:)(.*?)(\]\])", lambda m: m[1] + m[2].lower() + m[3], out)
        yield read_marks(f"i{number}", out)


def _loud(part: str) -> str:
    return f"[[PERSON:{part[9:-2].upper()}]]" if part.startswith("[[") else part.upper()


def labels(case: Case, text_tokens: list[tuple[int, int]]) -> list[str]:
    """B, I or O for each token."""
    out = []
    for start, end in text_tokens:
        mark = next(
            (m for m in case.marks if m[2] == "PERSON" and m[0] < end and start < m[1]), None
        )
        first = mark is not None and not any(
            mark[0] < e <= start for _, e in text_tokens if e > mark[0]
        )
        out.append("O" if mark is None else "B" if first else "I")
    return out


def half_of(cases: list[Case], half: str) -> list[Case]:
    kept = {"A": 0, "B": 1}
    return [c for i, c in enumerate(cases) if half not in kept or _rank(c, i) % 2 == kept[half]]


def _rank(case: Case, index: int) -> int:
    return int(case.id[1:]) if case.id.startswith("d") else index


def main(shared: Path, out: Path, half: str) -> None:
    cases = half_of(read_cases(shared / "annotations/redaction/cases.jsonl"), half)
    demo = half_of(read_cases(shared / "demo/experiences.jsonl"), half)
    with (shared / "data/spplus/experiences.csv").open(encoding="utf-8", newline="") as lines:
        real = [row["Description"] for row in csv.DictReader(lines)]
    real = [text for text in real if not ANNOUNCED.search(text) and not likely_signed(text)]
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": 0.3, "c2": 0.05, "max_iterations": 90, "feature.minfreq": 2})
    groups = (
        (cases, 4),
        (demo, 2),
        ([read_marks("r", t) for t in real], 1),
        (list(inserted(real, 7)), 1),
    )
    for group, times in groups:
        for case in group:
            tokens = tokenize(case.text)
            sequence = features(tokens), labels(case, [(t.start, t.end) for t in tokens])
            for _ in range(times):
                trainer.append(*sequence)
    trainer.train(str(out))
    print(out, out.stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
