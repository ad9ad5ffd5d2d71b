"""The demonstration: fictional stories and structures under the real networks, one account a role.

Loaded again, nothing is doubled; only the passwords are new, since nobody keeps them.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from portevoix.opendata.demo import demo_path
from portevoix.opendata.experiences import read_experiences
from portevoix.types import Concern as Named
from portevoix.web.accounts.enums import Role
from portevoix.web.accounts.models import Agent, Membership
from portevoix.web.accounts.policies import Verb, may
from portevoix.web.directory.actions import import_structures, network_named, touch
from portevoix.web.directory.models import Network, Structure
from portevoix.web.directory.territories import DATA, departement_rows
from portevoix.web.experiences.actions import About, Story, deposit
from portevoix.web.experiences.enums import Channel, ConcernState, PostedAs
from portevoix.web.experiences.models import Concern, Experience
from portevoix.web.journal.actions import record
from portevoix.web.journal.models import Entry
from portevoix.web.knowledge.actions import import_articles
from portevoix.web.moderation.actions import propose
from portevoix.web.replies.actions import import_experiences
from portevoix.web.replies.blocks import load_templates
from portevoix.web.replies.drafting import Words, save, submit
from portevoix.web.replies.imports import Report
from portevoix.web.replies.queries import draft_of

_VERB: Final = "load_demonstration"
_DOMAIN: Final = "demo.porte-voix.example"
MANAGER: Final = f"reseau@{_DOMAIN}"
_FEELINGS: Final = {"Positif": "positive", "Neutre": "neutral", "Négatif": "negative"}
_TAGS: Final = {
    "Accessibilité": "accessibility",
    "Information/Explication": "information",
    "Relation": "relation",
    "Réactivité": "reactivity",
    "Simplicité/Complexité": "simplicity",
}
_CHANNELS: Final = {str(channel.label): str(channel) for channel in Channel}
_POSTED_AS: Final = {str(posted.label): str(posted) for posted in PostedAs}
_ANSWERED_TITLE: Final = "Deux loyers, une seule APL"
_ANSWER: Final = (
    "Merci d’avoir raconté comment vos deux demandes se sont passées. L’équipe de la messagerie "
    "a lu votre message\u00a0: il lui fait plaisir.\n\n"
    "Si votre situation change pendant votre apprentissage, écrivez-nous de nouveau par la "
    "messagerie. Nous vous dirons ce que cela change pour votre aide."
)
_WORDS: Final = (
    "abricot armoire balcon bouleau brouette cabane cactus canoe carillon cerise colline comete "
    "corail dragee eventail falaise fougere galet girafe glacier hamac horloge iguane jonquille "
    "kayak lanterne lavande marelle mistral moulin muscade nacelle navette noisette orage orchidee "
    "palmier parasol pelican pinceau pivoine plume praline rivage rocher sablier saphir sardine "
    "sentier tambour tilleul topaze tortue trefle tulipe vallon verger violon voilier zephyr"
).split()


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the demonstration with the password just made for it."""

    role: str
    where: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the demonstration holds."""

    structures: int
    experiences: Report
    waiting: int
    accounts: tuple[Account, ...]


def refuse_real_site() -> None:
    """Raise `CommandError` where people are real: nothing fictional goes there."""
    if settings.PORTEVOIX_MODE == "production":
        raise CommandError("Un site en production ne reçoit pas de données fictives.")


def load() -> Loaded:
    """Load what is not there yet; give every account a new password.

    The same files loaded before are not read again: the journal knows their digest.
    """
    digest = _digest()
    # Each time: an index thrown away comes back.
    import_articles(demo_path().with_name("articles.jsonl"))
    if Entry.objects.filter(verb=_VERB, data__files=digest).exists():
        return Loaded(0, Report(), 0, _accounts())
    if not Structure.objects.filter(fictional=False).exists():
        import_structures(DATA / "structures.csv.gz")
    held = [json.loads(line) for line in _waiting_path().read_text(encoding="utf-8").splitlines()]
    structures = _structures(held)
    report = import_experiences(
        demo_path(), fictional=True, leave_out={story["id"] for story in held}
    )
    waiting = _waiting(held)
    _ways_of_working()
    accounts = _accounts()
    _answer_to_validate()
    record(_VERB, files=digest)
    return Loaded(structures, report, waiting, accounts)


def _digest() -> str:
    files = (demo_path(), _waiting_path(), demo_path().with_name("templates.json"))
    content = b"".join(path.read_bytes() for path in files)
    return hashlib.sha256(content).hexdigest()


@transaction.atomic
def _ways_of_working() -> None:
    """Templates for the networks that are told of; one of them validates its answers."""
    told = Network.objects.filter(structures__fictional=True).distinct()
    for network in told:
        load_templates(network)
    caf = network_named("Allocations familiales")
    if caf is not None:
        caf.validates_replies = True
        caf.save(update_fields=["validates_replies"])


def _waiting_path() -> Path:
    return demo_path().with_name("waiting.jsonl")


@transaction.atomic
def _structures(held: Iterable[dict[str, Any]]) -> int:
    """The fictional structures that stories name, each under the head of its network."""
    named = {(c.network, c.structure): e.departement for e, c in _published()}
    named |= {(story["network"], story["structure"]): story["departement"] for story in held}
    made = 0
    for (network_name, name), departement in sorted(named.items(), key=lambda item: item[0]):
        code = f"DEMO-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
        network = network_named(network_name)
        if network is None or Structure.objects.filter(code=code).exists():
            continue
        _structure(code, name, network, departement or "")
        made += 1
    if made:
        touch()
    return made


def _published() -> list[tuple[Any, Named]]:
    read = read_experiences([demo_path()]).experiences
    return [(experience, concern) for experience in read for concern in experience.concerns]


def _structure(code: str, name: str, network: Network, departement: str) -> None:
    head = Structure.objects.filter(network=network, parent=None).order_by("pk").first()
    national = "–" in name or name.startswith(("Plainte", "Opération", "Numéro", "Brigade num"))
    territory = next((row for row in departement_rows() if row["code"] == departement), None)
    local = territory if not national else None
    Structure.objects.create(
        code=code,
        official_name=name,
        public_name=name,
        network=network,
        parent=head,
        path=f"{head.path if head else '/'}{code}/",
        departement=local["code"] if local else "",
        region=local["region"] if local else "",
        country="France",
        fictional=True,
    )


def _waiting(held: list[dict[str, Any]]) -> int:
    """Deposit what waits for a moderator, over the last days, with the engines' proposals."""
    known = set(
        Experience.objects.filter(origin__startswith="demonstration-").values_list(
            "origin", flat=True
        )
    )
    now = timezone.now()
    missing = [story for story in held if f"demonstration-{story['id']}" not in known]
    for rank, story in enumerate(missing):
        _deposit(story, now - timedelta(minutes=37 + rank * 151))
    return len(missing)


@transaction.atomic
def _deposit(story: dict[str, Any], at: datetime) -> None:
    structure = (
        Structure.objects.filter(public_name=story["structure"], fictional=True)
        .select_related("network", "typology")
        .first()
    )
    experience, _ = deposit(
        Story(
            title=story["title"],
            text=story["text"],
            feeling=_FEELINGS[story["feeling"]],
            about=[
                About(
                    structure=structure,
                    label=story["structure"],
                    channels={_CHANNELS[label]: "" for label in story["channels"]},
                )
            ],
            tags={_TAGS[name]: _FEELINGS[feeling] for name, feeling in story["tags"].items()},
            procedure=story["procedure"] or "",
            departement=story["departement"] or "",
            posted_as=_POSTED_AS[story["posted_as"]],
            pseudonym=story["pseudonym"] or "",
            origin=f"demonstration-{story['id']}",
            fictional=True,
        )
    )
    Experience.objects.filter(pk=experience.pk).update(
        deposited_at=at, written_on=timezone.localdate(at)
    )
    propose(experience)


def _answer_to_validate() -> None:
    """An answer that waits for the super-agent, so that there is one to agree to."""
    agent = Agent.objects.get(email=f"agent@{_DOMAIN}")
    concern = (
        Concern.objects.filter(state=ConcernState.WAITING, draft=None, published_at__isnull=False)
        .filter(experience__published_title__startswith=_ANSWERED_TITLE)
        .select_related("experience", "structure", "network")
        .first()
    )
    if concern is None or not may(agent, Verb.ANSWER, concern):
        return
    blank = draft_of(concern)
    words = Words(blank.salutation, _ANSWER, blank.closing, blank.signature)
    submit(save(concern, words, 0, agent).draft, agent)


@transaction.atomic
def _accounts() -> tuple[Account, ...]:
    caf = network_named("Allocations familiales")
    sambrelle = Structure.objects.filter(public_name="Caf de Sambrelle", fictional=True).first()
    people: list[tuple[str, str, Role, dict[str, Any], str]] = [
        ("agent", "Aline Lambert", Role.AGENT, {"structure": sambrelle}, "Caf de Sambrelle"),
        (
            "super-agent",
            "Samir Benali",
            Role.SUPER_AGENT,
            {"structure": sambrelle},
            "Caf de Sambrelle",
        ),
        ("reseau", "Rémi Colin", Role.NETWORK_MANAGER, {"network": caf}, "Allocations familiales"),
        ("moderation", "Maud Keller", Role.MODERATOR, {}, "tous les récits"),
        ("moderation2", "Milan Novak", Role.MODERATOR, {}, "tous les récits"),
        ("administration", "Adèle Roy", Role.ADMINISTRATOR, {}, "tout le site"),
        ("sous-prefet", "Olga Petit", Role.OBSERVER, {"departement": "59"}, "Nord"),
    ]
    return tuple(_account(*person) for person in people)


def _account(login: str, name: str, role: Role, place: dict[str, Any], where: str) -> Account:
    email = f"{login}@{_DOMAIN}"
    agent = Agent.objects.filter(email=email).first() or Agent(email=email, name=name)
    password = " ".join(secrets.choice(_WORDS) for _ in range(5))
    agent.set_password(password)
    agent.save()
    if not agent.memberships.exists() and all(place.values()):
        Membership.objects.create(agent=agent, role=role, **place)
    return Account(str(role.label), where, email, password)
