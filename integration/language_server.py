"""A language server over stdio, and the editor's side of the talk."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import threading
import time
from typing import TYPE_CHECKING, Any, cast

from integration.workshop import SECONDS, FailedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

Message = dict[str, Any]


class LanguageServer:
    """Started on entry, ended on exit, whatever happened in between."""

    def __init__(self, command: Sequence[str | Path], cwd: Path, variables: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [str(word) for word in command],
            cwd=cwd,
            env=dict(variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._received: queue.Queue[Message | None] = queue.Queue()
        # A daemon: when the server hangs, only the end of its output would end the thread.
        threading.Thread(target=self._read, daemon=True).start()
        self._number = 0

    def __enter__(self) -> LanguageServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def notify(self, method: str, parameters: Message) -> None:
        """Tell the server something."""
        self._send({"method": method, "params": parameters})

    def request(self, method: str, parameters: Message) -> Message:
        """Ask the server something; what it answers."""
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": parameters})
        return self._wait(f"answer to {method}", lambda message: message.get("id") == number)

    def diagnostics(self, uri: str, wanted: Callable[[list[Message]], bool]) -> list[Message]:
        """The first diagnostics of a document that are as wanted: servers publish older ones before."""

        def fits(message: Message) -> bool:
            if message.get("method") != "textDocument/publishDiagnostics":
                return False
            return message["params"]["uri"] == uri and wanted(message["params"]["diagnostics"])

        return cast("list[Message]", self._wait("such diagnostics", fits)["params"]["diagnostics"])

    def _wait(self, what: str, wanted: Callable[[Message], bool]) -> Message:
        end = time.monotonic() + SECONDS
        seen = "nothing"
        while (left := end - time.monotonic()) > 0:
            try:
                message = self._received.get(timeout=left)
            except queue.Empty:
                break
            if message is None:
                raise FailedError(f"the server ended; no {what}, last came {seen}")
            if wanted(message):
                return message
            seen = json.dumps(message)[:1000]
        raise FailedError(f"no {what} in {SECONDS} seconds, last came {seen}")

    def _send(self, message: Message) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        try:
            self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            self._process.stdin.flush()
        except OSError as error:
            raise FailedError(f"the server does not listen: {error}") from error

    def _read(self) -> None:
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline():
            name, _, value = line.decode().partition(":")
            if name.lower() == "content-length":
                length = int(value)
            elif not line.strip():
                self._received.put(json.loads(self._process.stdout.read(length)))
        self._received.put(None)
