"""`portevoix-site charger_demonstration`: fictional stories, structures and accounts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portevoix.note.french import number
from portevoix.web.replies.demonstration import Account, load, refuse_real_site


class Command(BaseCommand):
    help = "Charge la démonstration et affiche ses comptes, avec des mots de passe nouveaux."

    def handle(self, *_args: Any, **_options: Any) -> None:
        refuse_real_site()
        loaded = load()
        report = loaded.experiences
        if report.read:
            self.stdout.write(
                f"Démonstration : {number(report.added)} récits publiés ajoutés, "
                f"{number(loaded.waiting)} mis en attente de relecture, "
                f"{number(loaded.structures)} structures fictives."
            )
        else:
            self.stdout.write("Démonstration : déjà chargée.")
        for line in table(loaded.accounts):
            self.stdout.write(line)


def table(accounts: tuple[Account, ...]) -> list[str]:
    """The accounts, aligned; this is the only place where their passwords are ever shown."""
    wide = max(len(account.email) for account in accounts)
    role = max(len(f"{account.role} ({account.where})") for account in accounts)
    lines = ["", "Comptes de démonstration (mots de passe refaits à chaque lancement) :"]
    lines += [
        f"  {f'{a.role} ({a.where})':<{role}}  {a.email:<{wide}}  {a.password}" for a in accounts
    ]
    return [*lines, ""]
