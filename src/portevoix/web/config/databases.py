"""The database of the site, as each of the two kinds is best used."""

from __future__ import annotations

from typing import Any

import dj_database_url

from portevoix.web.config.environment import Environment


def database(url: str, env: Environment) -> dict[str, Any]:
    """Return Django's settings for the database of an address."""
    found: dict[str, Any] = dict(dj_database_url.parse(url))
    return found | (_sqlite() if found["ENGINE"].endswith("sqlite3") else _postgresql(found, env))


def _sqlite() -> dict[str, Any]:
    return {
        # Writers wait in line rather than ask again and again.
        "ENGINE": "portevoix.web.config.sqlite",
        # A thread that serves keeps its connection: opening one costs more than a page reads.
        "CONN_MAX_AGE": None,
        # IMMEDIATE: a transaction that will write waits for its turn instead of failing half-way.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA cache_size=-16384; "
            "PRAGMA temp_store=MEMORY;",
        },
    }


def _postgresql(given: dict[str, Any], env: Environment) -> dict[str, Any]:
    pool = {
        "min_size": 1,
        "max_size": env.integer("PORTEVOIX_DATABASE_CONNECTIONS", 20, least=2),
        # A page says that the database is away after five seconds; beyond, the pool would wait
        # longer and longer between two tries, and find late that the database is back.
        "timeout": 5,
        "reconnect_timeout": 5,
    }
    # Pages are read by many at once: helpers that one query starts take the others' processor.
    one_process = {"options": "-c max_parallel_workers_per_gather=0"}
    return {
        # A database that restarts leaves dead connections: each is tried before it is used.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": one_process | given.get("OPTIONS", {}) | {"pool": pool},
    }
