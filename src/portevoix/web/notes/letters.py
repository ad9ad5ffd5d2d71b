"""The messages of studies: a note was made again, what changed in it first."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portevoix.web.mail.actions import owe
from portevoix.web.mail.letters import Letter, Link
from portevoix.web.notes.models import NoteVersion

_TOLD = 5


def tell_readers(version: NoteVersion) -> int:
    """Owe the readers of a study a message about its new note; return how many."""
    study = version.study
    people = {one.pk: one for one in study.readers.filter(is_active=True)}
    if study.author is not None and study.author.is_active:
        people[study.author.pk] = study.author
    for agent in people.values():
        owe("note", agent.email, _letter(version), key=f"note-{version.pk}-{agent.pk}")
    return len(people)


def _letter(version: NoteVersion) -> Letter:
    document = version.document
    return Letter(
        subject=document["title"],
        paragraphs=[f"{document['subtitle']}.", *changes(version)],
        link=Link(_("Lire la note"), version.study.get_absolute_url()),
        reason=_("Vous recevez ce message parce que cette note vous est envoyée à chaque fois."),
    )


def changes(version: NoteVersion) -> list[str]:
    """What changed, in a few sentences; that nothing did, when so."""
    section = next(s for s in version.document["sections"] if s["key"] == "changes")
    told = [one["text"] for point in section["points"] for one in point["details"]]
    if not told:
        return [_("Aucune évolution ne se distingue du hasard depuis la période précédente.")]
    return [_("Ce qui change :"), *told[:_TOLD]]
