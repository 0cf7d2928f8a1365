"""What holds for every text, be it a DAG file, half of one, or none. A law that does not hold raises BrokenLawError."""

from __future__ import annotations

import io
import json
import signal
import traceback
import warnings
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from dag_lint.editing import EditableText, NotEditableError
from dag_lint.fixing import fix_content
from dag_lint.inspection import Request, inspect
from dag_lint.lint import NotAnalysedError, _findings, lint, understand
from dag_lint.settings import Settings
from dag_lint.source import SourceFile
from fuzzing.drafts import parsed
from fuzzing.layout import commented, written_anew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dag_lint.diagnostic import Diagnostic, TextEdit
    from dag_lint.inspection import Inspection
    from dag_lint.lint import Understood

MOST_SECONDS = 20
"""CPU time in which any text has to be done with, on a slow machine too. What is normal takes a tenth of one."""

MOST_FIXES = 6
"""So many fixes of a text are tried one by one, and all of them together."""

_MOMENT = datetime(2024, 6, 15, 10, 30, tzinfo=timezone.utc)


class BrokenLawError(Exception):
    """A law that does not hold of a text. `kind` tells one cause from another."""

    def __init__(self, law: str, kind: str, detail: str = "") -> None:
        super().__init__(f"{law}: {kind}\n{detail}".rstrip())
        self.law = law
        self.kind = kind


class TooSlowError(BaseException):
    """A text takes too long. No Exception: what is tested catches those."""


@dataclass(frozen=True, slots=True)
class Case:
    """A text to be judged, as the file at `path` would be."""

    text: str
    path: Path = Path("dag.py")
    settings: Settings = field(default_factory=lambda: Settings(enable=frozenset({"DAG"})))

    @property
    def source(self) -> SourceFile:
        """The text as dag-lint takes it."""
        return SourceFile(str(self.path), self.text, self.path)

    def with_text(self, text: str) -> Case:
        """Another text in the same place."""
        return Case(text, self.path, self.settings)


def _understood(case: Case) -> Understood | None:
    """What is understood of a text, None for what is no Python, or more than dag-lint takes on."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return understand(case.source, case.settings)
    except (SyntaxError, NotAnalysedError):
        return None


def _found(case: Case) -> list[Diagnostic]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return lint(case.source, case.settings)


def nothing_raises(case: Case) -> None:
    """Neither what builds the model nor a rule raises, nor do the reports of it."""
    understood = _understood(case)
    if understood is not None:
        _findings(case.source, understood, fixes=True)


def reports_do_not_raise(case: Case) -> None:
    """What is understood can be shown in every form, and what will run be said."""
    from dag_lint.outlook import outlooks
    from dag_lint.report.model import ReadFile, model_as_json
    from dag_lint.report.model_graph import dot, mermaid
    from dag_lint.report.model_text import model_as_text
    from dag_lint.report.schedule import DagSchedule, schedule_as_text, schedules_as_json

    understood = _understood(case)
    if understood is None:
        return
    files = [ReadFile(str(case.path), understood.file)]
    json.loads(model_as_json(files))
    for report in (model_as_text, mermaid, dot):
        report(files)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = outlooks(case.source, case.settings, _MOMENT, 3)
    dags = [
        DagSchedule(
            str(case.path), dag.dag_id, dag.line, dag.schedule, dag.timezone, dag.forecasts, dag.unknown
        )
        for dag in found.dags
    ]
    json.loads(schedules_as_json(dags))
    schedule_as_text(dags, explain=True)


def findings_lie_inside(case: Case) -> None:
    """A finding begins and ends where the text has a place; its message is one line."""
    lines = list(io.StringIO(case.text)) or [""]
    for found in (*_found(case), *inspect(case.source, Request({})).diagnostics):
        start, end = found.span.start, found.span.end
        if not (1 <= start.line <= end.line <= len(lines) + 1 and start <= end):
            raise BrokenLawError("findings lie inside", found.code, repr(found))
        for place in (start, end):
            line = lines[place.line - 1] if place.line <= len(lines) else ""
            if not 0 <= place.column <= len(line):
                raise BrokenLawError("findings lie inside", found.code, repr(found))
        if "\n" in found.message or not found.message.isprintable() or len(found.message) > 200:
            raise BrokenLawError("messages are one line", found.code, repr(found))


def positions_are_right(case: Case) -> None:
    """A finding stands where libcst's own provider says that the flagged node does."""
    from libcst.metadata import MetadataWrapper, PositionProvider

    from dag_lint.spans import locate
    from dag_lint.syntax import walk

    understood = _understood(case)
    if understood is None:
        return
    nodes = [
        node for node in walk(understood.module) if hasattr(node, "lpar") or type(node).__name__ == "Arg"
    ]
    spans = locate(understood.module, understood.tree, nodes)
    try:
        expected = MetadataWrapper(understood.module, unsafe_skip_copy=True).resolve(PositionProvider)
    except (RecursionError, KeyError):  # libcst's provider survives less than we do
        return
    for node in nodes:
        span, place = spans.get(id(node)), expected[node]
        if span is None:
            raise BrokenLawError("positions are right", f"no place for a {type(node).__name__}")
        here = (span.start.line, span.start.column, span.end.line, span.end.column)
        there = (place.start.line, place.start.column, place.end.line, place.end.column)
        if here != there:
            raise BrokenLawError("positions are right", type(node).__name__, f"{here} instead of {there}")


def the_same_twice(case: Case) -> None:
    """The same text gives the same findings."""
    if _found(case) != _found(case):
        raise BrokenLawError("the same twice", "another answer the second time")


def layout_does_not_matter(case: Case) -> None:
    """Comments change no finding, nor does writing the whole file anew."""
    before = _said(case)
    # The seed comes from the text: a case that failed fails again.
    with_comments = commented(case.text, Random(len(case.text)))
    for law, text in (
        ("comments do not matter", with_comments),
        ("layout does not matter", written_anew(case.text)),
    ):
        if text is not None and "DAG000" not in {code for code, _ in before}:
            after = _said(case.with_text(text))
            if before != after and "DAG000" not in {code for code, _ in after}:
                gone = [one for one in before if one not in after]
                new = [one for one in after if one not in before]
                kind = " ".join(sorted({code for code, _ in (*gone, *new)}))
                raise BrokenLawError(law, kind, f"gone: {gone}\nnew: {new}")


def _said(case: Case) -> list[tuple[str, str]]:
    return sorted((found.code, found.message) for found in _found(case))


def fixes_mend(case: Case) -> None:
    """A fix leaves Python that has one finding less, touches nothing else, and is done when it is done."""
    content = case.text.encode("utf-8", "replace")
    request = Request(
        {"enable": case.settings.enable, "airflow_version": case.settings.airflow_version}, fixes=True
    )
    found = inspect(case.source, request)
    counts = Counter(one.code for one in found.diagnostics)
    try:
        text = EditableText.of(content)
    except NotEditableError:
        return
    for one in found.diagnostics[:MOST_FIXES]:
        if one.fix is None:
            continue
        edited = text.edited(one.fix.edits).decode("utf-8")
        detail = f"{one.fix.title}\n{edited}"
        if edited != _edited(case.text, one.fix.edits):
            raise BrokenLawError("fixes keep every other byte", one.code, detail)
        if parsed(edited) is None:
            raise BrokenLawError("fixes leave Python", one.code, detail)
        after = Counter(again.code for again in inspect(case.with_text(edited).source, request).diagnostics)
        if after[one.code] >= counts[one.code] or after["DAG000"] > counts["DAG000"]:
            raise BrokenLawError("fixes mend", one.code, detail)
    if any(one.fix for one in found.diagnostics):
        _fixing_ends(case, content, found, request)


def _fixing_ends(case: Case, content: bytes, found: Inspection, request: Request) -> None:
    once = fix_content(content, found, request, lambda inspection: inspection.diagnostics, unsafe=True)
    if once.spoiled:
        raise BrokenLawError("fixes leave Python", " ".join(once.spoiled), once.after.decode("utf-8"))
    text = once.after.decode("utf-8")
    again = inspect(case.with_text(text).source, request)
    twice = fix_content(once.after, again, request, lambda inspection: inspection.diagnostics, unsafe=True)
    if twice.after != once.after:
        kind = " ".join(sorted({one.code for one in twice.applied}))
        raise BrokenLawError("fixing ends", kind, twice.after.decode("utf-8"))


def _edited(text: str, edits: Iterable[TextEdit]) -> str:
    """The text after edits, in the plainest way."""
    lines = list(io.StringIO(text))
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    for edit in sorted(edits, key=lambda one: one.span, reverse=True):
        start, end = (starts[at.line - 1] + at.column for at in (edit.span.start, edit.span.end))
        text = text[:start] + edit.text + text[end:]
    return text


def answers(case: Case) -> list[list[object]]:
    """What is found, as plain data that another process can compare."""
    return [
        [
            one.code,
            one.message,
            one.span.start.line,
            one.span.start.column,
            one.span.end.line,
            one.span.end.column,
        ]
        for one in _found(case)
    ]


LAWS: tuple[Callable[[Case], None], ...] = (
    nothing_raises,
    findings_lie_inside,
    reports_do_not_raise,
    the_same_twice,
    layout_does_not_matter,
    fixes_mend,
    positions_are_right,
)
"""The cheapest and the most telling first."""


def hold(case: Case, laws: tuple[Callable[[Case], None], ...] = LAWS) -> None:
    """Hold a text against laws. Raises BrokenLawError for the first that does not hold."""
    for law in laws:
        _hold(case, law)


def _hold(case: Case, law: Callable[[Case], None]) -> None:
    try:
        with _bounded():
            law(case)
    except BrokenLawError:
        raise
    except TooSlowError as error:
        where = _innermost(traceback.extract_tb(error.__traceback__))
        raise BrokenLawError("bounded", f"{MOST_SECONDS} s at {where}", law.__name__) from None
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        detail = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(frames[-10:]))
        kind = f"{type(error).__name__} at {_innermost(frames)}"
        raise BrokenLawError("nothing raises", kind, detail) from None


def _innermost(frames: traceback.StackSummary) -> str:
    """The innermost place of our own in a traceback."""
    own = [frame for frame in frames if "dag_lint" in frame.filename] or list(frames)
    return f"{Path(own[-1].filename).name}:{own[-1].lineno} {own[-1].name}"


@contextmanager
def _bounded() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
