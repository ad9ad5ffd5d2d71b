"""A PostgreSQL of our own that is killed (-9), and a door that kills it at a chosen message."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path
from typing import Final

from tests.web.serving import free_port

_PATIENCE: Final = 60
_TIME_TO_DO_IT: Final = 0.1
_AS_ROOT: Final = os.geteuid() == 0


def binaries() -> Path | None:
    """Where PostgreSQL is installed."""
    found = Path("/usr/lib/postgresql").glob("*/bin")
    return max(found, key=lambda path: int(path.parent.name), default=None)


class Database:
    """One server on one folder: `kill` is a power cut, `start` what the machine does after it."""

    def __init__(self, folder: Path) -> None:
        bin_folder = binaries()
        assert bin_folder is not None
        self.bin, self.folder, self.port = bin_folder, folder, free_port()
        folder.mkdir()
        if _AS_ROOT:  # PostgreSQL refuses to run as root.
            shutil.chown(folder, "postgres")
            folder.chmod(0o755)
        self._run("initdb", "-D", f"{folder}/data", "-U", "portevoix", "--auth=trust", "-E", "UTF8")
        self.start()
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "portevoix", "site")

    def address(self, port: int) -> str:
        return f"postgresql://portevoix@127.0.0.1:{port}/site"

    def _run(self, program: str, *words: str) -> None:
        user = "postgres" if _AS_ROOT else None
        subprocess.run(
            [str(self.bin / program), *words], user=user, check=True, capture_output=True
        )

    def start(self) -> None:
        """Processes die, the machine stays up: what the kernel was given needs no fsync."""
        command = [
            str(self.bin / "postgres"), "-D", f"{self.folder}/data", "-p", str(self.port),
            "-k", str(self.folder), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off",
        ]  # fmt: skip
        self.process = subprocess.Popen(
            command, user="postgres" if _AS_ROOT else None, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + _PATIENCE
        ready = [str(self.bin / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.run(ready, check=False).returncode:
            assert time.monotonic() < deadline, "PostgreSQL does not start"
            time.sleep(0.1)

    def kill(self) -> None:
        """The server and all its processes at once, none of them told."""
        if self.process.poll() is not None:
            return
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in [pid, *map(int, children)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        self.process.wait()
        while any(Path(f"/proc/{child}").exists() for child in children):
            time.sleep(0.01)

    def count(self, table: str) -> int:
        command = [str(self.bin / "psql"), "-Atq", "-c", f"SELECT count(*) FROM {table}"]
        said = subprocess.run(
            [*command, self.address(self.port)], check=True, capture_output=True, text=True
        )
        return int(said.stdout)


class Door:
    """Stands between the site and the database; once armed, counts the messages of the site.

    The last one reaches the database and is done there; the answer is lost, the database killed.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._left: int | None = None
        self._lock = threading.Lock()
        self.killed = threading.Event()
        threading.Thread(target=self._welcome, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def arm(self, messages: int) -> None:
        self.killed.clear()
        with self._lock:
            self._left = messages

    def disarm(self) -> None:
        with self._lock:
            self._left = None

    def _welcome(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                inside, _ = self._listening.accept()
                threading.Thread(target=self._carry, args=(inside,), daemon=True).start()

    def _carry(self, inside: socket.socket) -> None:
        """Messages in, answers out, until either side goes."""
        try:
            outside = socket.create_connection(("127.0.0.1", self.database.port))
        except OSError:
            inside.close()
            return
        lost = threading.Event()
        answers = threading.Thread(target=_answers, args=(outside, inside, lost), daemon=True)
        answers.start()
        with contextlib.suppress(OSError):
            while message := inside.recv(65_536):
                if last := self._is_last():
                    lost.set()
                outside.sendall(message)
                if last:
                    time.sleep(_TIME_TO_DO_IT)
                    self.database.kill()
                    self.killed.set()
        for end in (inside, outside):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _is_last(self) -> bool:
        with self._lock:
            if self._left is None:
                return False
            self._left -= 1
            return self._left == 0


def _answers(outside: socket.socket, inside: socket.socket, lost: threading.Event) -> None:
    with contextlib.suppress(OSError):
        while answer := outside.recv(65_536):
            if not lost.is_set():
                inside.sendall(answer)
    with contextlib.suppress(OSError):
        inside.shutdown(socket.SHUT_RDWR)
