from __future__ import annotations

import numpy as np

from portevoix.corpus.details import details_of
from tests.corpus.small import Told, corpus


def _told() -> list[Told]:
    online = [Told(f"La pièce illisible revient, écran {i}.") for i in range(4)]
    phone = [Told("Le serveur vocal raccroche.") for _ in range(3)]
    return online + phone + [Told("Une attente correcte au guichet.", feeling=2)] * 10


def test_details_name_what_sets_the_theme_apart() -> None:
    details = details_of(corpus(_told()), np.arange(7))
    assert [detail.label for detail in details[:2]] == ["Pièce illisible", "Serveur vocal"]
    assert [detail.count for detail in details[:2]] == [4, 3]
    assert all(detail.count == len(detail.evidence) for detail in details)


def test_no_segment_no_detail() -> None:
    assert details_of(corpus(_told()), np.arange(0)) == ()


def test_no_more_than_asked() -> None:
    assert len(details_of(corpus(_told()), np.arange(7), 1)) == 1
