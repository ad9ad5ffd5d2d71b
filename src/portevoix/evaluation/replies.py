"""What agents reproached to drafts, asked again of the drafter: gone, or still there?

python -m portevoix.evaluation.replies [--cases FILE] [--articles DIR] [--save]

First, the pages that drafts of the demonstration cite, beside those that a reader found right.
Then the cases. A case is a judgement that a second person retained (`portevoix-site ecrire_cas`):
the story, the draft it was about, whether it helped; else the sentences in fault and the page to
be cited.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from portevoix.evaluation.cases import Case, fallen, options, read_cases
from portevoix.opendata.articles import read_articles
from portevoix.opendata.demo import demo_path
from portevoix.opendata.experiences import read_experiences
from portevoix.reply import Draft, Drafter, EmbeddedDrafter, Story
from portevoix.search import Index, Kind, from_article
from portevoix.text.expectations import ExpectationModel
from portevoix.text.screen import Screener
from portevoix.types import Experience, Feeling

ROOT: Final = Path(__file__).resolve().parents[3]
CASES: Final = ROOT / "evals" / "replies"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a new draft must do, and whether it does."""

    case: str
    asked: str
    met: bool


def checks(case: Case, draft: Draft) -> Iterator[Check]:
    """What a case asks of a new draft: every reproach gone, every right page still cited."""
    judged, name = case["draft"], str(case["id"])
    texts = {sentence.text for sentence in draft.sentences}
    sources = [s.source for s in draft.sentences if s.source is not None]
    cited = {word for source in sources for word in (source.id, source.url) if word}
    if case["helpful"]:
        for url in sorted({part["url"] for part in judged if part["url"]}):
            yield Check(name, f"cite toujours {url}", url in cited)
        return
    for sentence in case.get("faulty", ()):
        yield Check(name, f"ne dit plus « {sentence} »", sentence not in texts)
    if page := case.get("page"):
        yield Check(name, f"cite {page}", page in cited)
    if "too_long" in case["faults"]:
        words = sum(len(part["text"].split()) for part in judged)
        yield Check(name, "est plus court", len(draft.text.split()) < words)
    if "unsourced" in case["faults"]:
        before = sum(bool(part["url"]) for part in judged)
        yield Check(name, "cite plus de pages", len(sources) > before)


def measure(cases: Sequence[Case], drafter: Drafter) -> list[Check]:
    """Draft every story again and check it."""
    return [check for case in cases for check in checks(case, drafter.draft(_story(case)))]


def cited_pages(stories: Mapping[str, Story], drafter: Drafter) -> dict[str, set[str]]:
    """The identifiers of the pages that each draft cites."""
    drafts = {key: drafter.draft(story) for key, story in stories.items()}
    return {
        key: {one.source.id for one in draft.sentences if one.source}
        for key, draft in drafts.items()
    }


def labelled() -> dict[str, set[str]]:
    """Demonstration stories with the pages that would help their author; none when none would."""
    written = json.loads((CASES / "pages.json").read_text("utf-8"))
    return {key: set(pages) for key, pages in written.items()}


def demonstration() -> dict[str, Story]:
    """The stories of the demonstration, by identifier."""
    return {one.id: _told(one) for one in read_experiences([demo_path()]).experiences}


def _told(one: Experience) -> Story:
    return Story(
        id=one.id,
        text=one.text,
        title=one.title,
        network=one.concerns[0].network if one.concerns else "",
        structure=one.concerns[0].structure if one.concerns else "",
        procedure=", ".join(one.procedures),
        feeling=one.feeling,
    )


def _story(case: Case) -> Story:
    words = {
        key: str(case.get(key) or "") for key in ("title", "network", "structure", "procedure")
    }
    feeling = case.get("feeling")
    return Story(
        id=str(case["id"]),
        text=case["text"],
        feeling=Feeling(feeling) if feeling in set(Feeling) else None,
        **words,
    )


def whole(case: Case) -> object:
    """What a case of a draft must hold. Raises `KeyError`."""
    return case["id"], case["text"], case["helpful"], case["faults"], case["draft"]


def drafter_of(articles: Path) -> EmbeddedDrafter:
    """The embedded drafter over these articles, without the templates of any network."""
    index = Index()
    index.sync(Kind.ARTICLE, map(from_article, read_articles(articles).articles))
    return EmbeddedDrafter(index, ExpectationModel.load(), Screener.load())


def main(arguments: Sequence[str]) -> int:
    """Print what is still reproached; 1 when more is than in the baseline."""
    asked = _asked(arguments)
    drafter = drafter_of(asked.articles)
    found = read_cases(asked.cases or CASES / "cases.jsonl", whole)
    done = measure(found, drafter)
    for check in done:
        if not check.met:
            click.echo(f"  à corriger, cas {check.case} : {check.asked}")
    share = sum(check.met for check in done) / len(done) if done else 1.0
    click.echo(f"{len(found)} cas, {len(done)} vérifications, {share:.3f} tenues")
    if asked.cases:
        return 0
    figures = {"met": round(share, 4), **_pages(drafter)}
    return int(fallen(figures, CASES / "baseline.json", save=asked.save))


def _pages(drafter: Drafter) -> dict[str, float]:
    """Of the labelled stories: the share given a right page, the share given no wrong one."""
    wanted = labelled()
    stories = demonstration()
    cited = cited_pages({key: stories[key] for key in wanted}, drafter)
    answerable = [key for key, pages in wanted.items() if pages]
    right = [key for key in answerable if cited[key] & wanted[key]]
    sober = [key for key, pages in wanted.items() if not cited[key] - pages]
    click.echo(f"{len(right)} récits sur {len(answerable)} ont une page qui aide")
    click.echo(f"{len(wanted) - len(sober)} récits sur {len(wanted)} en ont une à côté")
    return {
        "given a page": round(len(right) / len(answerable), 4),
        "given no wrong page": round(len(sober) / len(wanted), 4),
    }


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = options(__doc__)
    parser.add_argument("--articles", type=Path, default=demo_path().parent / "articles.jsonl")
    return parser.parse_known_args(arguments)[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
