"""What is found in one file on disk, or in a text that stands for it: reading, settings, findings, `# noqa`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.collector import without_collector
from dag_lint.diagnostic import not_analysed
from dag_lint.pyproject import settings_under
from dag_lint.reading import NotReadableError, decode_python, read_bytes
from dag_lint.selection import is_excluded, selected
from dag_lint.source import MAXIMUM_CHARACTERS, SourceFile, parse
from dag_lint.suppress import without_suppressed
from dag_lint.target import project_root

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Mapping

    from dag_lint.diagnostic import Diagnostic
    from dag_lint.lint import Understood
    from dag_lint.project import FileSummary
    from dag_lint.settings import Settings


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found in one file; plain data, so that it may come from another process."""

    path: str
    text: str
    """What was linted, empty when it could not be read or does not concern us."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Those to be reported, in the order of the text, without those that a comment in the file switches off."""
    root: Path | None = None
    """That of the project, if the file was read."""
    location: Path | None = None
    """Where the text lies on disk, None for one that came by stdin without a name."""
    summary: FileSummary | None = None
    """What the rest of its project may know of it; only where the request asks for it."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a run asks of every file."""

    overrides: Mapping[str, object]
    """The settings given as options, by the fields of Settings."""
    fixes: bool = False
    """Whether to work out how the findings can be mended."""
    summaries: bool = False
    """Whether to sum up each file for the rules about whole projects."""


def read_source(name: str) -> SourceFile:
    """A Python file, as flake8 would read it. Raises NotReadableError."""
    content = read_bytes(name, 4 * MAXIMUM_CHARACTERS)
    if b"\0" in content:
        raise NotReadableError("it is no text: it holds null characters")
    return SourceFile(name, decode_python(content), Path(name))


def settings_for(name: str, overrides: Mapping[str, object]) -> Settings:
    """The settings of a file."""
    return settings_under(project_root(Path(name)), overrides)


def inspect_file(name: str, request: Request) -> Inspection:
    """What is found in a file. Never raises: what could not be done is a finding DAG000."""
    try:
        source = read_source(name)
    except NotReadableError as error:
        return uninspected(name, f"the file could not be read: {error}", request)
    return inspect(source, request)


def uninspected(name: str, reason: str, request: Request) -> Inspection:
    """What is to be said of a file that could not be inspected at all."""
    return _not_analysed(SourceFile(name, "", Path(name)), reason, request)


def inspect(source: SourceFile, request: Request) -> Inspection:
    """What is found in a text. Never raises."""
    if not source.mentions_airflow():
        return Inspection(source.path, "")
    with without_collector():
        return _inspect(source, request)


def _inspect(source: SourceFile, request: Request) -> Inspection:
    try:
        tree = parse(source.text)
    except SyntaxError as error:
        column = max((error.offset or 1) - 1, 0)
        reason = f"Python cannot read the file: {error.msg}"
        return _not_analysed(source, reason, request, error.lineno or 1, column)
    except (ValueError, MemoryError, RecursionError) as error:
        return _not_analysed(source, f"Python cannot read the file: {type(error).__name__}", request)
    root = root_of(source)
    settings = settings_under(root, request.overrides)
    summaries: list[FileSummary | None] = []

    def sum_up(understood: Understood) -> None:
        summaries.append(_summary(source, understood) if request.summaries else None)

    found = findings(source, tree, settings, root, sum_up, fixes=request.fixes)
    kept = sorted(without_suppressed(found, source), key=lambda one: (one.span.start, one.code))
    summary = summaries[0] if summaries else None
    return Inspection(source.path, source.text, tuple(kept), root, source.location, summary)


def findings(
    source: SourceFile,
    tree: ast.AST,
    settings: Settings,
    root: Path | None,
    note: Callable[[Understood], None] = lambda understood: None,
    *,
    fixes: bool = False,
) -> list[Diagnostic]:
    """What is to be reported of a file, the same for flake8 and the command. Never raises.

    `tree`: Python's own syntax tree of the text; `root`: that of the project; `note` is told what was
    understood, and must not keep it; `fixes`: whether to work out how the findings can be mended. What comments
    in the file switch off is not asked.
    """
    if source.location is not None and is_excluded(source.location, settings, root):
        return []
    try:
        from dag_lint.lint import lint

        found = lint(source, settings, tree, note, fixes=fixes)
    except Exception as error:  # one file that we do not survive must not hide the findings of the others
        found = [not_analysed(source.path, f"it could not be analysed: {type(error).__name__}")]
    return selected(found, settings, source.location, root)


def root_of(source: SourceFile) -> Path | None:
    """The root of the project that a file belongs to."""
    return project_root(source.location) if source.location is not None else None


def _not_analysed(
    source: SourceFile, reason: str, request: Request, line: int = 1, column: int = 0
) -> Inspection:
    root = root_of(source)
    found = [not_analysed(source.path, reason, line, column)]
    settings = settings_under(root, request.overrides)
    kept = tuple(selected(found, settings, source.location, root))
    return Inspection(source.path, source.text, kept, root, source.location)


def _summary(source: SourceFile, understood: Understood) -> FileSummary | None:
    try:
        from dag_lint.summaries import summed_up

        return summed_up(source, understood)
    except Exception:  # its findings say why it could not be analysed
        return None
