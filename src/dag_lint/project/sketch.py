"""The dag_ids that stand in a file as plain texts, found without analysing it.

Analysing takes a hundred times as long, and most files of a project have nothing to do with those that were
given: only a file whose ids cannot be told this way, or are among those wanted, has to be understood.
"""

from __future__ import annotations

import re

_MADE = re.compile(r"\bDAG\s*\(|^[ \t]*@(?:\w+\.)*dag\b", re.MULTILINE)
_PLAIN = re.compile(
    r"""\bDAG\s*\(\s*(?:dag_id\s*=\s*)?(["'])(?P<id>[\w.-]+)\1\s*[,)]"""
    r"""|^[ \t]*@(?:\w+\.)*dag\b(?P<arguments>\([^()]*(?:\([^()]*\)[^()]*)*\))?\s*(?:\#[^\n]*)?\n(?P<more>[ \t]*@)?""",
    re.MULTILINE,
)
_FUNCTION = re.compile(r"[ \t]*(?:async[ \t]+)?def[ \t]+(?P<name>\w+)")


def sketch(text: str) -> frozenset[str] | None:
    """The dag_ids of a file when all of them are plain texts; None when the file has to be analysed."""
    found: set[str] = set()
    count = 0
    for match in _PLAIN.finditer(text):
        dag_id = match["id"]
        if dag_id is None:
            function = _FUNCTION.match(text, match.end())
            if function is None or match["more"] or "dag_id" in (match["arguments"] or ""):
                return None
            dag_id = function["name"]
        found.add(dag_id)
        count += 1
    return frozenset(found) if count and count == len(_MADE.findall(text)) else None
