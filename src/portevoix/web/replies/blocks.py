"""Ready-made pieces of answers, and how the letters of a structure begin and end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, require
from portevoix.web.directory.models import Network, Structure
from portevoix.web.journal.actions import record
from portevoix.web.replies.enums import BlockKind
from portevoix.web.replies.models import Formulas, ReplyTemplate

_KINDS: Final = {
    "formule d'appel": BlockKind.SALUTATION,
    "remerciement": BlockKind.THANKS,
    "excuses": BlockKind.APOLOGY,
    "transition": BlockKind.TRANSITION,
    "paragraphe": BlockKind.PARAGRAPH,
    "formule de politesse": BlockKind.CLOSING,
    "signature de fonction": BlockKind.SIGNATURE,
}


class AlreadyNamedError(PortevoixError):
    """Un modèle de ce réseau porte déjà ce nom."""


@transaction.atomic
def write_template(
    network: Network,
    fields: Mapping[str, str],
    actor: Agent,
    template: ReplyTemplate | None = None,
) -> ReplyTemplate:
    """Add a template to a network, or change one."""
    require(actor, Verb.WRITE_TEMPLATE, network)
    written = template or ReplyTemplate(network=network)
    for name in ("kind", "label", "text", "use", "avoid"):
        setattr(written, name, fields.get(name, ""))
    written.updated_at = timezone.now()
    try:
        with transaction.atomic():
            written.save()
    except IntegrityError:
        raise AlreadyNamedError from None
    record("write_template", written, actor=actor, network=network.pk)
    return written


@transaction.atomic
def delete_template(template: ReplyTemplate, actor: Agent) -> None:
    """Take a template away; answers already written keep their words."""
    require(actor, Verb.WRITE_TEMPLATE, template)
    record("delete_template", template, actor=actor, network=template.network_id)
    template.delete()


@transaction.atomic
def write_formulas(structure: Structure, fields: Mapping[str, str], actor: Agent) -> Formulas:
    """Say how the letters of a structure, and of those below, begin, end and are signed."""
    require(actor, Verb.VALIDATE_REPLY, structure)
    written, _new = Formulas.objects.update_or_create(structure=structure, defaults=dict(fields))
    record("write_formulas", structure, actor=actor)
    return written


def load_templates(network: Network) -> int:
    """Give a network the templates shipped with the demonstration; those it has stay."""
    source = resources.files("portevoix") / "data" / "demo" / "templates.json"
    shipped = json.loads(source.read_text("utf-8"))
    meanings = {name: f"{{{what}}}"[:60] for name, what in shipped["placeholders"].items()}
    known = set(ReplyTemplate.objects.filter(network=network).values_list("label", flat=True))
    missing = [block for block in shipped["blocks"] if block["label"] not in known]
    ReplyTemplate.objects.bulk_create(
        ReplyTemplate(
            network=network,
            kind=_KINDS[block["kind"]],
            label=block["label"],
            text=_spoken(block["text"], meanings),
            use=block["use"] or "",
            avoid=block["avoid"] or "",
        )
        for block in missing
    )
    return len(missing)


def _spoken(text: str, meanings: Mapping[str, str]) -> str:
    """« {delai_constate} » → « {durée dite par l'usager} », which an agent understands."""
    for name, meaning in meanings.items():
        text = text.replace(f"{{{name}}}", meaning)
    return text.replace("'", "’")
