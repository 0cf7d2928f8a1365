"""Which texts of a file Airflow takes for the names of template files, and whether Jinja would find them.

Airflow hands each text in a template field that ends with one of the operator's extensions to Jinja's
loader, as it is and before anything in it is rendered. The loader drops a leading slash and looks below
the DAG's folder and below `template_searchpath`; it never follows `..`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from dag_lint.airflow.decorators import task_decorator
from dag_lint.airflow.operators import OperatorFacts, operator
from dag_lint.diagnostic import LONGEST_MESSAGE
from dag_lint.known import Constant, Sequence, Text, text_of
from dag_lint.model import Argument, strings_in
from dag_lint.neighbours import Neighbours
from dag_lint.once import answered_once
from dag_lint.template_search import TemplateSearch, where_jinja_looks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dag_lint.known import Handle, Value
    from dag_lint.model import Dag, DagFile, Task

_COMMAND_FIELDS = frozenset({"bash_command", "command", "cmds"})
_NO_PATH = re.compile(r"[\n;|~$<>`\"]|&&|://|\{\{|\{%")
"""What stands in commands, addresses and templates, and never in the name of a template file."""


_SHORTEST = 12
"""What a message quotes of a text at least."""


class Absence(Enum):
    """Why Jinja cannot find a template file of that name."""

    NO_PATH = "it is no path"
    PARENT = "it goes up by .."
    ABSOLUTE = "it is absolute"
    MISSING = "no such file"


@dataclass(frozen=True, slots=True)
class MissingTemplate:
    """A text that Airflow looks up as a template file, and that Jinja cannot find."""

    where: Handle
    extension: str
    field: str
    operator: OperatorFacts
    absence: Absence
    shown: str
    """The text on one line, without the path of somebody's machine."""
    alone: bool
    """Whether it is the whole value, not an item of a list or dict."""
    project_file: str | None
    """The file of the project that is meant, as far as it can be told."""
    beside: str | None
    """What to write for that file, when it lies where Jinja looks."""
    text: str | None
    """The text as it is, None where pieces of it are not known."""

    def said(self, rest: str) -> str:
        """A message that begins with the text in quotes, its beginning left out where the line is short."""
        room = max(LONGEST_MESSAGE - len(rest) - 2, _SHORTEST)
        if len(self.shown) <= room:
            return f'"{self.shown}"{rest}'
        kept = self.shown[3 - room :]
        # Of a path, whole folders.
        whole = kept[kept.find("/") :] if "/" in kept[:-1] else kept
        return f'"...{whole}"{rest}'

    @property
    def runs_elsewhere(self) -> bool:
        """Whether it runs on another machine or in a container, where relative paths lead somewhere else."""
        return "bash" not in self.operator.name.lower()

    @property
    def is_command(self) -> bool:
        """Whether it is a command that a shell was meant to run."""
        return ".sh" in self.operator.template_ext and self.field in _COMMAND_FIELDS


@dataclass(slots=True)
class _Field:
    """A value in a template field, before anyone asked what it holds."""

    name: str
    value: Value
    where: Handle


@answered_once
def missing_templates(file: DagFile) -> Iterator[MissingTemplate]:
    """The texts of a file that Airflow will look up as template files in vain."""
    neighbours = Neighbours(file.location, file.root)
    users: defaultdict[int, list[Task]] = defaultdict(list)
    for task in file.tasks:
        users[id(task.callable)].append(task)
        facts = _armed(task)
        if facts is not None and facts.template_ext:
            yield from _judged(_fields(task, facts), facts, task.dag, neighbours)
    for fact in file.callables:
        decorator = task_decorator(fact.operator or "") if fact.kind == "decorated" else None
        facts = operator(decorator.wraps) if decorator is not None else None
        if decorator is None or facts is None or decorator.templates_result is None:
            continue
        if any(_armed(task) != facts for task in users[id(fact)]):
            continue
        dags = {task.dag: None for task in users[id(fact)]} or {None: None}
        for where, value in fact.returns:
            returned = _Field(decorator.templates_result, value, where)
            verdicts = [list(_judged([returned], facts, dag, neighbours)) for dag in dags]
            if all(verdicts):
                yield from verdicts[0]


def rendered_texts(file: DagFile, tasks: Iterable[Task]) -> Iterator[tuple[Task, Handle, str]]:
    """What Airflow renders for these tasks, with the place that names it; of a template file, its text.

    An operator that is not known may render any of its arguments. Unknown pieces are left out.
    """
    neighbours = Neighbours(file.location, file.root)
    for task in tasks:
        facts = _armed(task)
        if facts is None:
            fields = [_Field(each.name, each.value, each.node) for each in task.arguments.by_name.values()]
        else:
            fields = _fields(task, facts)
        for each in fields:
            for value in strings_in(each.value):
                pieces = _pieces(value)
                text = "".join(piece or "" for piece in pieces)
                if facts is not None and len(pieces) == 1 and _extension(pieces, facts) is not None:
                    found = neighbours.template(text, where_jinja_looks(task.dag, neighbours).folders)
                    text = "" if found is None else neighbours.text(found)
                yield task, each.where, text


def _armed(task: Task) -> OperatorFacts | None:
    """The facts of a task's operator with what the file itself changes about them; None when not known."""
    facts = None if task.operator is None else operator(task.operator)
    if facts is None:
        return None
    changes: dict[str, Value] = dict(task.class_attributes)
    changes.update({name: argument.value for name, argument in task.assigned.items()})
    given = task.arguments.get("templates_exts")
    if given is not None:
        changes["template_ext"] = given.value
    for name in ("template_ext", "template_fields"):
        if name not in changes:
            continue
        texts = _texts(changes[name])
        if texts is None:
            return None
        is_fields = name == "template_fields"
        facts = replace(facts, template_fields=texts) if is_fields else replace(facts, template_ext=texts)
    return facts


def _texts(value: Value) -> tuple[str, ...] | None:
    """The strings of a tuple or list, None when one of them is not known."""
    if isinstance(value, Constant) and value.value is None:
        return ()
    if not isinstance(value, Sequence) or value.open_ended:
        return None
    texts = tuple(text for text in map(text_of, value.items) if text is not None)
    return texts if len(texts) == len(value.items) else None


def _fields(task: Task, facts: OperatorFacts) -> list[_Field]:
    found: list[_Field] = []
    for name in facts.template_fields:
        argument: Argument | None = task.assigned.get(name) or task.arguments.get(name)
        expanded = task.expanded.get(name)
        if argument is not None:
            found.append(_Field(name, argument.value, argument.node))
        elif expanded is not None and isinstance(expanded.value, Sequence):
            found += [_Field(name, item, expanded.node) for item in expanded.value.items]
        elif name in facts.own_parameters and not task.arguments.open_ended:
            entries = (mapping.get(name) for mapping in task.default_args())
            entry = next((entry for entry in entries if entry is not None), None)
            if entry is not None:
                found.append(_Field(name, entry.value, entry.value_node))
    return found


def _judged(
    fields: Iterable[_Field], facts: OperatorFacts, dag: Dag | None, neighbours: Neighbours
) -> Iterator[MissingTemplate]:
    for each in fields:
        is_command = ".sh" in facts.template_ext and each.name in _COMMAND_FIELDS
        for value in strings_in(each.value):
            pieces = _pieces(value)
            extension = _extension(pieces, facts)
            if extension is None:
                continue
            search = where_jinja_looks(dag, neighbours)
            if search.custom_loader:
                return
            absence = _absence(pieces, search, neighbours, is_command)
            if absence is not None:
                yield _missing(each, value, pieces, extension, facts, absence, search, neighbours)


def _pieces(value: Value) -> tuple[str | None, ...]:
    if isinstance(value, Text):
        return value.pieces
    text = text_of(value)
    return () if text is None else (text,)


def _extension(pieces: tuple[str | None, ...], facts: OperatorFacts) -> str | None:
    """The extension that makes a template file of a text, the longest that fits."""
    ending = (pieces[-1] or "") if pieces else ""
    fitting = [extension for extension in facts.template_ext if extension and ending.endswith(extension)]
    return max(fitting, key=len, default=None)


def _absence(
    pieces: tuple[str | None, ...], search: TemplateSearch, neighbours: Neighbours, is_command: bool
) -> Absence | None:
    """Why Jinja will not find this text, None when it does or when that cannot be known."""
    known = [piece for piece in pieces if piece is not None]
    whole = known[0] if len(pieces) == 1 else None
    if whole is not None and neighbours.template(whole, search.folders) is not None:
        return None
    if any(_NO_PATH.search(piece) for piece in known):
        return Absence.NO_PATH
    if any(segment == ".." for piece in known for segment in _inner_segments(piece, piece is whole)):
        return Absence.PARENT
    if is_command and " " in "".join(piece or "..." for piece in pieces).strip():
        # A file name may hold spaces, but not one that nobody has and that starts like a command.
        return Absence.NO_PATH
    if search.elsewhere:
        return None
    if (pieces[0] or "").startswith("/"):
        return Absence.ABSOLUTE if search.complete or is_command else None
    if whole is None or not search.complete:
        return None
    # Files of a whole folder that the project lacks here come from elsewhere: a submodule, another repository,
    # another folder that deployment puts beside the DAG.
    meant = neighbours.above(whole)
    misread = meant is not None and any(meant.is_relative_to(folder) for folder in search.folders)
    ours = is_command or misread or neighbours.knows_folder(whole, search.folders)
    return Absence.MISSING if ours else None


def _inner_segments(piece: str, whole: bool) -> list[str]:
    """The path segments of a piece that are sure to be whole segments."""
    segments = piece.split("/")
    return segments if whole or len(segments) < 3 else segments[1:-1]


def _missing(
    each: _Field,
    value: Value,
    pieces: tuple[str | None, ...],
    extension: str,
    facts: OperatorFacts,
    absence: Absence,
    search: TemplateSearch,
    neighbours: Neighbours,
) -> MissingTemplate:
    text = "".join("..." if piece is None else piece for piece in pieces)
    target = _target(text, neighbours)
    beside = None
    for folder in search.folders:
        if target is not None and target.is_relative_to(folder):
            beside = target.relative_to(folder).as_posix()
            break
    project_file = None if target is None else neighbours.in_project(target)
    # A path that was put together from __file__ names the machine it was linted on.
    own = target is not None and text == str(target)
    return MissingTemplate(
        where=each.where,
        extension=extension,
        field=each.name,
        operator=facts,
        absence=absence,
        shown=_plain(f".../{project_file}" if own else text),
        alone=each.value is value,
        project_file=project_file,
        beside=beside,
        text=text if None not in pieces else None,
    )


def _target(text: str, neighbours: Neighbours) -> Path | None:
    """The file of the project that a path means to its author: absolute, in a container, or going up."""
    absolute = text.startswith("/")
    places = [Path(text), neighbours.mounted(text)] if absolute else [neighbours.above(text)]
    return next((place for place in places if place is not None and neighbours.is_file(place)), None)


def _plain(text: str) -> str:
    return " ".join(text.split())
