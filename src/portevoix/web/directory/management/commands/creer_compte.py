"""`portevoix-site creer_compte ADRESSE --nom … --role …`: an account, its role, its invitation."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portevoix.errors import PortevoixError
from portevoix.web.accounts.actions import Where, grant, invite, open_account
from portevoix.web.accounts.enums import Role
from portevoix.web.directory.models import Departement, Network, Structure


class Command(BaseCommand):
    help = "Ouvre un compte, lui donne un rôle et lui envoie le lien pour choisir un mot de passe."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("adresse", help="adresse électronique")
        parser.add_argument("--nom", required=True)
        parser.add_argument("--role", required=True, choices=[role.value for role in Role])
        parser.add_argument("--reseau", help="nom court du réseau (adresse de sa page)")
        parser.add_argument("--structure", help="code SP+ de la structure")
        parser.add_argument("--departement", default="", help="code INSEE du département")

    def handle(self, *_args: Any, **options: Any) -> None:
        where = self._where(options)
        try:
            agent = open_account(options["adresse"], options["nom"])
            grant(agent, options["role"], where)
        except PortevoixError as error:
            raise CommandError(error.message) from error
        address = invite(agent)
        self.stdout.write("Compte ouvert ; le lien pour choisir un mot de passe est envoyé :")
        self.stdout.write(address)

    def _where(self, options: dict[str, Any]) -> Where:
        network = structure = None
        if slug := options["reseau"]:
            network = Network.objects.filter(slug=slug).first()
            if network is None:
                known = ", ".join(Network.objects.values_list("slug", flat=True))
                raise CommandError(f"Le réseau « {slug} » n'existe pas. Réseaux : {known}.")
        if code := options["structure"]:
            structure = Structure.objects.filter(code=code).first()
            if structure is None:
                raise CommandError(f"Aucune structure n'a le code « {code} ».")
        departement = options["departement"]
        if departement and not Departement.objects.filter(pk=departement).exists():
            raise CommandError(f"Le département « {departement} » n'existe pas.")
        return Where(network, structure, departement)
