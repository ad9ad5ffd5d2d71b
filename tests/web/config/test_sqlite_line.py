"""The line of writers of SQLite: one at a time, none forgotten, whoever dies lets the next go."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError, transaction

from portevoix.web.config.sqlite.base import DatabaseWrapper
from portevoix.web.config.sqlite.line import Line, line_of

_PATIENCE = 20
pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path: Path) -> str:
    path = str(tmp_path / "base.sqlite3")
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("CREATE TABLE counter (number INTEGER)")
        base.execute("INSERT INTO counter VALUES (0)")
    return path


def opened(path: str, timeout: float = _PATIENCE) -> DatabaseWrapper:
    """A connection of its own to that database, for one thread."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": timeout}
    return DatabaseWrapper(
        {
            "ENGINE": "portevoix.web.config.sqlite", "NAME": path, "OPTIONS": options,
            "ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "CONN_MAX_AGE": 0,
            "CONN_HEALTH_CHECKS": False, "TIME_ZONE": None, "TEST": {},
        },
        "line-of-tests",
    )  # fmt: skip


@pytest.fixture
def base(path: str) -> Iterator[DatabaseWrapper]:
    connection = opened(path)
    yield connection
    connection.close()


def free(path: str) -> bool:
    """Whether nobody has the turn."""
    line = Line(f"{path}-line")
    if not line.enter(0):
        return False
    line.leave()
    return True


def begin(base: DatabaseWrapper) -> None:
    base.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def add_one(base: DatabaseWrapper) -> None:
    with base.cursor() as cursor:
        cursor.execute("UPDATE counter SET number = number + 1")


def counted(path: str) -> int:
    with sqlite3.connect(path) as base:
        return int(base.execute("SELECT number FROM counter").fetchone()[0])


def test_a_transaction_has_the_turn_until_it_is_committed(base: DatabaseWrapper, path: str) -> None:
    begin(base)
    add_one(base)
    assert not free(path)
    base.commit()
    assert free(path)
    assert counted(path) == 1


def test_a_transaction_has_the_turn_until_it_is_rolled_back(
    base: DatabaseWrapper, path: str
) -> None:
    begin(base)
    add_one(base)
    base.rollback()
    assert free(path)
    assert counted(path) == 0


def test_a_closed_connection_leaves(base: DatabaseWrapper, path: str) -> None:
    begin(base)
    base.close()
    assert free(path)


def test_a_statement_alone_has_its_turn_and_reading_waits_for_nobody(
    base: DatabaseWrapper, path: str
) -> None:
    add_one(base)
    assert free(path)
    other = opened(path, timeout=0.05)
    begin(base)
    with other.cursor() as cursor:
        cursor.execute("SELECT number FROM counter")
        assert cursor.fetchone() == (1,)
        with pytest.raises(OperationalError, match="locked"):
            cursor.execute("UPDATE counter SET number = 7")
    other.close()
    base.rollback()
    assert counted(path) == 1


def test_the_turn_that_does_not_come_is_said_in_time(base: DatabaseWrapper, path: str) -> None:
    begin(base)
    other = opened(path, timeout=0.1)
    start = time.monotonic()
    with pytest.raises(OperationalError, match="locked"):
        begin(other)
    assert time.monotonic() - start < _PATIENCE / 2
    other.close()
    base.commit()
    assert free(path)


def test_threads_write_one_after_the_other(path: str) -> None:
    def write() -> None:
        mine = opened(path)
        for _ in range(25):
            begin(mine)
            add_one(mine)
            mine.commit()
            mine.set_autocommit(True)
        mine.close()

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(_PATIENCE)
    assert counted(path) == 200


def test_a_process_killed_in_its_turn_lets_the_next_go(path: str) -> None:
    words = (
        "import sys, time; from portevoix.web.config.sqlite.line import line_of; "
        f"assert line_of({path!r}).enter(5); print('mine', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", words], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "mine\n"
    assert not free(path)
    os.kill(other.pid, signal.SIGKILL)
    other.wait(_PATIENCE)
    other.stdout.close()
    assert free(path)


def test_a_database_has_one_line(path: str) -> None:
    assert line_of(path) is line_of(path)
    assert line_of(path) is not line_of(f"{path}2")


def test_the_site_writes_in_line(transactional_db: None) -> None:
    from django.db import connection  # noqa: PLC0415

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has its own")
    name = str(connection.settings_dict["NAME"])
    with transaction.atomic():
        assert not free(name)
        with transaction.atomic():
            pass
        assert not free(name)
    assert free(name)
