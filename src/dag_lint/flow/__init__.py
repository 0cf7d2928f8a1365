"""The room that judges how bulk data flows through one callable: it comes in, is worked on, is carried out.

Importing it costs nothing: what reads syntax trees is loaded when the first callable is examined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dag_lint.flow.facts import NOTHING, CallableFlow, Evidence, Grade, Kind

if TYPE_CHECKING:
    import libcst as cst

    from dag_lint.settings import Settings
    from dag_lint.surroundings import Surroundings

__all__ = ["NOTHING", "CallableFlow", "Evidence", "Grade", "Kind", "examine"]


def examine(
    node: cst.FunctionDef | cst.Lambda,
    surroundings: Surroundings,
    settings: Settings,
    class_name: str | None = None,
) -> CallableFlow:
    """What moves through one callable; an Examiner does it for all callables of a file and is cheaper."""
    from dag_lint.flow.examiner import Examiner

    return Examiner(settings).examine(node, surroundings, class_name)
