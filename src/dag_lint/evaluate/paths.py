"""os.path and pathlib, as on the POSIX systems that Airflow runs on."""

from __future__ import annotations

import posixpath
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from dag_lint.evaluate.values import MAXIMUM_LENGTH, join_text, lift, plain, text_pieces
from dag_lint.known import Constant, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from dag_lint.evaluate.interpreter import Interpreter
    from dag_lint.evaluate.objects import CallArguments
    from dag_lint.known import Handle

    Library = Callable[[Interpreter, CallArguments, Handle], Value]


def on_text(function: Callable[..., Any]) -> Library:
    """A pure function of one known string."""

    def build(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
        value = arguments.value(0)
        if not isinstance(value, Constant) or len(arguments.positional) != 1 or arguments.keywords:
            return Unknown(node)
        text = str(value.value) if isinstance(value.value, PurePosixPath) else value.value
        if not isinstance(text, str) or len(text) > MAXIMUM_LENGTH:
            return Unknown(node)
        try:
            return lift(function(text), node)
        except Exception:
            return Unknown(node)

    return build


def join_path(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    """`os.path.join(...)`."""
    pieces: list[str | None] = []
    for value, _ in arguments.positional:
        known = [piece for piece in text_pieces(value) if piece != ""]
        first = known[0] if known else ""
        if first is None or first.startswith("/"):
            # What is absolute replaces all that stands before it; what is not known may be that.
            pieces = [None] if first is None and pieces else []
        elif pieces and not (pieces[-1] is not None and pieces[-1].endswith("/")):
            pieces.append("/")
        pieces.extend(known)
    return Unknown(node) if arguments.open_positional or not pieces else join_text(pieces, node)


def make_path(run: Interpreter, arguments: CallArguments, node: Handle) -> Value:
    """`pathlib.Path(...)`."""
    known = [plain(value) for value, _ in arguments.positional]
    parts = [part for is_known, part in known if is_known and isinstance(part, (str, PurePosixPath))]
    if arguments.complete and len(parts) == len(known):
        return Constant(PurePosixPath(*parts), node)
    joined = join_path(run, arguments, node)
    return joined if isinstance(joined, Text) else Unknown(node)


def _absolute(text: str) -> str:
    if not text.startswith("/"):
        # It lies in the folder from which Airflow was started.
        raise ValueError(text)
    return posixpath.normpath(text)


PATH_CALLS: dict[str, Library] = {
    "os.path.join": join_path,
    "posixpath.join": join_path,
    "os.path.dirname": on_text(posixpath.dirname),
    "os.path.basename": on_text(posixpath.basename),
    "os.path.split": on_text(posixpath.split),
    "os.path.abspath": on_text(_absolute),
    "os.path.realpath": on_text(_absolute),
    "os.path.normpath": on_text(posixpath.normpath),
    "os.path.splitext": on_text(posixpath.splitext),
    "os.path.isabs": on_text(posixpath.isabs),
    "os.fspath": on_text(str),
    "pathlib.Path": make_path,
    "pathlib.PurePath": make_path,
    "pathlib.PurePosixPath": make_path,
    "pathlib.PosixPath": make_path,
}
