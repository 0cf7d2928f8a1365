"""Where Jinja looks for the template files of a DAG."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from dag_lint.known import Constant, Mapping, Sequence

if TYPE_CHECKING:
    from dag_lint.known import Value
    from dag_lint.model import Dag
    from dag_lint.neighbours import Neighbours


@dataclass(slots=True)
class TemplateSearch:
    """The `folders` of the project that Jinja looks into, and whether there is more than them."""

    folders: list[Path] = field(default_factory=list)
    complete: bool = True
    elsewhere: bool = False
    """A search path is given that means nothing here: a folder of a container, a computed one."""
    custom_loader: bool = False


def where_jinja_looks(dag: Dag | None, neighbours: Neighbours) -> TemplateSearch:
    """Where the tasks of a DAG find template files; `dag` is None where it is not known."""
    search = TemplateSearch()
    if neighbours.folder is None or dag is None or dag.arguments.open_ended:
        search.complete = False
    if neighbours.folder is not None:
        search.folders.append(neighbours.folder)
    if dag is None:
        return search
    environment = dag.assigned.get("jinja_environment_kwargs") or dag.arguments.get(
        "jinja_environment_kwargs"
    )
    if environment is not None and not _is_none(environment.value):
        value = environment.value
        search.custom_loader = not isinstance(value, Mapping) or value.open_ended or "loader" in value.entries
    given = dag.assigned.get("template_searchpath") or dag.arguments.get("template_searchpath")
    if given is not None and not _is_none(given.value):
        for path in _paths(given.value):
            folder = None if path is None else neighbours.folder_at(path)
            if folder is None:
                search.complete, search.elsewhere = False, True
            else:
                search.folders.append(folder)
    return search


def _is_none(value: Value) -> bool:
    return isinstance(value, Constant) and value.value is None


def _paths(value: Value) -> list[str | None]:
    if isinstance(value, Sequence):
        items = [path for item in value.items for path in _paths(item)]
        return [*items, None] if value.open_ended else items
    if isinstance(value, Constant) and isinstance(value.value, (str, PurePath)):
        return [str(value.value)]
    return [None]
