"""The rules about whole projects: they see all files of a project, and speak of those that were given.

A project is read from its root, whichever of its files were given: pre-commit passes only those that changed.
What is read is bounded, and a file is understood only if it could matter to one that was given.
"""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.diagnostic import Diagnostic, not_analysed, one_line
from dag_lint.inspection import read_source, settings_for
from dag_lint.project.folders import dags_folder
from dag_lint.project.imports import may_build_dags
from dag_lint.project.sketch import sketch
from dag_lint.pyproject import settings_under
from dag_lint.reading import NotReadableError
from dag_lint.selection import is_excluded, selected
from dag_lint.source import SourceFile
from dag_lint.suppress import without_suppressed
from dag_lint.target import project_root
from dag_lint.walk import find_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dag_lint.inspection import Inspection, Request
    from dag_lint.project import FileSummary, Project
    from dag_lint.rule import ProjectRule
    from dag_lint.settings import Settings

MOST_FILES = 10_000
"""Python files of a project that are looked at beside those given."""
MOST_CHARACTERS = 100_000_000
MOST_ANALYSED = 1_000
"""Files that are understood beside those given: a twentieth of a second each."""


def with_project_findings(inspections: Iterable[Inspection], request: Request) -> Iterator[Inspection]:
    """The inspections of all files given, each with what the rules about whole projects say of it.

    The inspections must have been asked for summaries.
    """
    given = [_with_summary(inspection, request) for inspection in inspections]
    by_root: dict[str, list[FileSummary]] = defaultdict(list)
    for inspection in given:
        if inspection.summary is not None:
            by_root[inspection.summary.root].append(inspection.summary)
    seen = {_absolute(inspection.path): _is_known(inspection) for inspection in given}
    projects = {root: _project(root, files, seen, request) for root, files in by_root.items()}
    told = False
    for inspection in given:
        if inspection.text and not told:
            # Some file is about Airflow, so that the rules have been asked.
            inspection, told = _with_problems(inspection, request), True
        summary = inspection.summary
        if summary is None:
            yield inspection
            continue
        settings = settings_under(inspection.root, request.overrides)
        yield _judged(inspection, summary, projects[summary.root], settings)


def _absolute(path: str) -> str:
    # Links stay as written, as they do in summaries.
    return os.path.abspath(path)  # noqa: PTH100


def _is_known(inspection: Inspection) -> bool:
    """Whether all is known that a file builds: it is summed up, or does not concern us."""
    return inspection.summary is not None or not (inspection.text or inspection.diagnostics)


def _with_summary(inspection: Inspection, request: Request) -> Inspection:
    """A file that never says "airflow" is summed up too, if it may build DAGs: that is what DAG701 is about."""
    if inspection.text or inspection.diagnostics or not request.summaries:
        return inspection
    root = project_root(Path(inspection.path))
    location = os.path.abspath(inspection.path)  # noqa: PTH100 - links stay as written
    folder = None if root is None else dags_folder(location, str(root))
    if root is None or folder is None:
        return inspection
    try:
        source = read_source(inspection.path)
    except NotReadableError:
        return inspection
    if source.mentions_airflow() or not may_build_dags(source.text, location, folder, str(root)):
        return inspection
    settings = settings_for(inspection.path, request.overrides)
    if is_excluded(location, settings, root):
        return inspection
    summary = _summary_of(source, request)
    return replace(inspection, text=source.text, root=root, location=source.location, summary=summary)


def _with_problems(inspection: Inspection, request: Request) -> Inspection:
    """The first file of a run also tells what is wrong with the rules of others."""
    from dag_lint.registry import own_rules

    problems = [not_analysed(inspection.path, problem) for problem in own_rules().problems]
    if problems:
        settings = settings_under(inspection.root, request.overrides)
        problems = selected(problems, settings, inspection.location, inspection.root)
    return replace(inspection, diagnostics=(*problems, *inspection.diagnostics)) if problems else inspection


def _judged(inspection: Inspection, summary: FileSummary, project: Project, settings: Settings) -> Inspection:
    found = selected(_found_in(summary, project), settings, inspection.location, inspection.root)
    source = SourceFile(inspection.path, inspection.text, inspection.location)
    before = {(one.span, one.code) for one in inspection.diagnostics}
    new = [one for one in without_suppressed(found, source) if (one.span, one.code) not in before]
    if not new:
        return inspection
    everything = sorted((*inspection.diagnostics, *new), key=lambda one: (one.span.start, one.code))
    return replace(inspection, diagnostics=tuple(everything))


def _found_in(summary: FileSummary, project: Project) -> Iterator[Diagnostic]:
    for rule in _rules_for(summary):
        yield from _found_by(rule, summary, project)


def _found_by(rule: ProjectRule, summary: FileSummary, project: Project) -> list[Diagnostic]:
    from dag_lint.registry import in_words

    try:
        return [
            Diagnostic(summary.path, rule.code, rule.name, one_line(found.message), found.span, rule.severity)
            for found in rule.check_project(summary, project)
        ]
    except Exception as error:  # one rule that fails must not hide what the others find
        return [
            not_analysed(summary.path, f"{in_words(rule.code)} could not be asked: {type(error).__name__}")
        ]


def _rules_for(summary: FileSummary) -> list[ProjectRule]:
    from dag_lint.registry import all_rules
    from dag_lint.rule import ProjectRule

    return [rule() for rule in all_rules() if issubclass(rule, ProjectRule) and rule.code in summary.active]


def _project(root: str, given: list[FileSummary], seen: Mapping[str, bool], request: Request) -> Project:
    """The project around the files given, as far as the rules that speak of them need it.

    `seen`: the locations of all files that were inspected, with whether all is known of them.
    """
    from dag_lint.project import Project

    asking = [file for file in given if any(rule.needs_others(file) for rule in _rules_for(file))]
    if not asking:
        return Project(given)
    wanted = {dag.dag_id for file in asking for dag in file.dags if dag.dag_id is not None}
    wanted |= {sensor.external_dag_id.value for file in asking for sensor in file.sensors}
    folders = frozenset(dags_folder(file.location, file.root) for file in asking)
    elsewhere = any(file.sensors for file in asking)
    return _read_project(_Search(root, frozenset(wanted), folders, elsewhere), given, seen, request)


@dataclass(frozen=True, slots=True)
class _Search:
    """What is looked for in a project: `wanted` dag_ids, in these dags folders, None for an unknown one.

    `elsewhere`: what the other folders hold counts too, since a sensor may wait for something there.
    """

    root: str
    wanted: frozenset[str]
    folders: frozenset[str | None]
    elsewhere: bool

    def places(self) -> list[str]:
        """The folders to be searched."""
        known = sorted(folder for folder in self.folders if folder is not None)
        return [self.root] if self.elsewhere or None in self.folders else known

    def sketch_of(self, source: SourceFile, name: str) -> tuple[frozenset[str] | None, bool]:
        """The ids of a file that need not be understood, None for one that has to be; whether that is all of it."""
        text, folder = source.text, dags_folder(name, self.root)
        ids = sketch(text, Path(name).stem)
        if None not in self.folders and folder not in self.folders:
            # Whatever it holds, it does not meet those that were given.
            return ids or frozenset(), ids is not None
        # A factory of another module may be given one of the ids.
        named = not ids and any(f"{quote}{one}{quote}" in text for one in self.wanted for quote in "\"'")
        if ids is None or ids & self.wanted or named:
            return None, True
        return ids, bool(ids) or folder is None or not may_build_dags(text, name, folder, self.root)


def _read_project(
    search: _Search, given: list[FileSummary], seen: Mapping[str, bool], request: Request
) -> Project:
    from dag_lint.project import Project

    files, sketched = list(given), {}
    names, _ = find_files(search.places())
    others = [name for name in names if not seen.get(name, False)]
    complete = len(others) <= MOST_FILES
    characters = 0
    for name in others[:MOST_FILES]:
        try:
            source = read_source(name)
        except NotReadableError:
            continue
        characters += len(source.text)
        if characters > MOST_CHARACTERS or len(files) - len(given) > MOST_ANALYSED:
            complete = False
            break
        if not source.mentions_airflow():
            continue
        ids, is_all = search.sketch_of(source, name)
        if ids is not None:
            sketched[name] = ids
            complete = complete and is_all
            continue
        # What could not be understood is not tried again: above all not a file on which a worker died.
        summary = None if name in seen else _summary_of(source, request)
        if summary is None:
            complete = False
        else:
            files.append(summary)
    return Project(files, sketched, complete)


def _summary_of(source: SourceFile, request: Request) -> FileSummary | None:
    """A file that was not given, None when it cannot be understood."""
    from dag_lint.summaries import summary_of

    try:
        return summary_of(source, settings_for(source.path, request.overrides))
    except Exception:  # nothing is known of a file that we do not survive
        return None
