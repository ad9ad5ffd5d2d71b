"""One cast of people and the small tree they work in; every test of the site plays with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from portevoix.web.accounts.enums import Role
from portevoix.web.accounts.models import Agent, Membership
from portevoix.web.directory.models import Network, Structure
from tests.web.factories import make_network, make_structure

PASSWORD: Final = "quatre mots sans lien 7"


@dataclass
class Cast:
    """Networks, structures, then people.

    Caf ── Caf de Sambrelle (59) ── Antenne de Sambrelle-Nord
        └─ Caf de Brévigny (71)
    Gendarmerie ── Brigade de Valserine (01)
    """

    caf: Network
    gendarmerie: Network
    caf_sambrelle: Structure
    antenne_nord: Structure
    caf_brevigny: Structure
    brigade_valserine: Structure
    agent_caf_sambrelle: Agent
    agent_antenne_nord: Agent
    agent_brigade_valserine: Agent
    super_agent_caf_sambrelle: Agent
    manager_caf: Agent
    manager_gendarmerie: Agent
    moderator: Agent
    other_moderator: Agent
    admin: Agent
    observer_nord: Agent
    without_role: Agent


def make_agent(name: str, role: str = "", **place: object) -> Agent:
    """Make someone, with one role somewhere when it is given."""
    email = f"{name.lower().replace(' ', '.')}@exemple.fr"
    agent = Agent.objects.create_user(email, PASSWORD, name=name)
    if role:
        Membership.objects.create(agent=agent, role=role, **place)
    return agent


def make_cast() -> Cast:
    caf = make_network("Allocations familiales", acronym="Caf")
    gendarmerie = make_network("Gendarmerie nationale")
    sambrelle = make_structure("Caf de Sambrelle", caf, departement="59", town="Sambrelle")
    nord = make_structure("Antenne de Sambrelle-Nord", caf, parent=sambrelle, departement="59")
    brevigny = make_structure("Caf de Brévigny", caf, departement="71", town="Brévigny")
    valserine = make_structure("Brigade de Valserine", gendarmerie, departement="01")
    return Cast(
        caf=caf,
        gendarmerie=gendarmerie,
        caf_sambrelle=sambrelle,
        antenne_nord=nord,
        caf_brevigny=brevigny,
        brigade_valserine=valserine,
        agent_caf_sambrelle=make_agent("Aline Agent", Role.AGENT, structure=sambrelle),
        agent_antenne_nord=make_agent("Noé Agent", Role.AGENT, structure=nord),
        agent_brigade_valserine=make_agent("Gwen Agent", Role.AGENT, structure=valserine),
        super_agent_caf_sambrelle=make_agent("Sami Super", Role.SUPER_AGENT, structure=sambrelle),
        manager_caf=make_agent("Remi Reseau", Role.NETWORK_MANAGER, network=caf),
        manager_gendarmerie=make_agent("Zoe Reseau", Role.NETWORK_MANAGER, network=gendarmerie),
        moderator=make_agent("Maud Moderation", Role.MODERATOR),
        other_moderator=make_agent("Milan Moderation", Role.MODERATOR),
        admin=make_agent("Adel Administration", Role.ADMINISTRATOR),
        observer_nord=make_agent("Olga Observation", Role.OBSERVER, departement="59"),
        without_role=make_agent("Ines Invitee"),
    )
