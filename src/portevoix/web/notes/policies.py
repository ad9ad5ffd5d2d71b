"""Who may read and change a study: its author, those it was sent to, and those of its scope."""

from __future__ import annotations

from django.db.models import Q

from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import NotAllowedError, Verb, scope
from portevoix.web.accounts.policies import Scope as Reach
from portevoix.web.notes.enums import Visibility
from portevoix.web.notes.models import Study


def may_read(agent: Agent, study: Study) -> bool:
    if study.author_id == agent.pk or study.readers.filter(pk=agent.pk).exists():
        return agent.is_active
    return study.visibility != Visibility.PRIVATE and may_study(agent, study)


def may_edit(agent: Agent, study: Study) -> bool:
    """Readers that it was sent to do not change it, unless it is in their scope."""
    shared = study.author_id == agent.pk or study.visibility != Visibility.PRIVATE
    return shared and may_study(agent, study)


def may_study(agent: Agent, study: Study) -> bool:
    """A study of several networks asks for a right on each of them."""
    held, places = scope(agent, Verb.STUDY), study.places()
    return held.everywhere or (bool(places) and all(held.holds(place) for place in places))


def require_study(agent: Agent, study: Study) -> None:
    if not may_study(agent, study):
        raise NotAllowedError


def require_edit(agent: Agent, study: Study) -> None:
    if not may_edit(agent, study):
        raise NotAllowedError


def visible(agent: Agent) -> Q:
    """The studies that someone may read: `Study.objects.filter(visible(agent))`."""
    own = Q(author=agent) | Q(readers=agent)
    held = scope(agent, Verb.STUDY)
    if not held:
        return own
    shared = ~Q(visibility=Visibility.PRIVATE)
    if held.everywhere:
        return own | shared
    # Those of several networks are found by their author and by those they were sent to.
    return own | (shared & _inside(held) & Q(other_networks=[]))


def reviewable(agent: Agent) -> Q:
    """The studies whose corrections someone may review: `Study.objects.filter(…)`."""
    held = scope(agent, Verb.REVIEW_CASES)
    if held.everywhere:
        return Q()
    return _inside(held) & Q(other_networks=[]) if held else Q(pk__in=[])


def _inside(held: Reach) -> Q:
    inside = Q(network__in=held.networks) | Q(departement__in=held.departements - {""})
    inside |= Q(structure__network__in=held.networks)
    inside |= Q(structure__departement__in=held.departements - {""})
    for path in sorted(held.paths):
        inside |= Q(structure__path__under=path)
    return inside


def in_reach(agent: Agent, verb: Verb) -> Q:
    """The improvements where someone may do something: `Improvement.objects.filter(…)`."""
    held = scope(agent, verb)
    if held.everywhere:
        return Q()
    if not held:
        return Q(pk__in=[])
    inside = Q(network__in=held.networks) | Q(departement__in=held.departements - {""})
    inside |= Q(structure__departement__in=held.departements - {""})
    for path in sorted(held.paths):
        inside |= Q(structure__path__under=path)
    return inside
