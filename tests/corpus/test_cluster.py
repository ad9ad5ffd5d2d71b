"""The same analysis on a cluster as on one machine."""

from __future__ import annotations

import numpy as np
from distributed import Client, LocalCluster

from portevoix.corpus import analyze as engine
from portevoix.corpus.analyze import analyze, analyze_on
from portevoix.opendata import read_experiences
from portevoix.opendata.demo import demo_path


def test_a_cluster_gives_the_same() -> None:
    experiences = read_experiences([demo_path()]).experiences * 6
    assert len(experiences) > engine.CHUNK
    alone = analyze(experiences)
    with (
        LocalCluster(n_workers=2, processes=False, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        shared = analyze_on(client, experiences)
    assert shared.experiences.texts == alone.experiences.texts
    assert shared.segments.terms.values == alone.segments.terms.values
    assert np.array_equal(shared.segments.expectation, alone.segments.expectation)
