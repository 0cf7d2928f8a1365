"""The dag_ids that stand in a file as plain texts, found without analysing it.

Analysing takes a hundred times as long, and most files of a project have nothing to do with those that were
given: only a file whose ids cannot be told this way, or are among those wanted, has to be understood.
"""

from __future__ import annotations

import re

_MADE = re.compile(r"\bDAG\s*\(|^[ \t]*@(?:\w+\.)*dag\b", re.MULTILINE)
_STEM = r"(?P<stem>Path\(__file__\)\.stem)"
_PLAIN = re.compile(
    r"\bDAG\s*\(\s*(?:dag_id\s*=\s*)?"
    rf"""(?:(["'])(?P<id>[\w.-]+)\1|{_STEM}|(?P<name>[A-Za-z_]\w*))\s*[,)]"""
    r"|^[ \t]*@(?:\w+\.)*dag\b(?P<arguments>\([^()]*(?:\([^()]*\)[^()]*)*\))?"
    r"\s*(?:\#[^\n]*)?\n(?P<more>[ \t]*@)?",
    re.MULTILINE,
)
_FUNCTION = re.compile(r"[ \t]*(?:async[ \t]+)?def[ \t]+(?P<name>\w+)")


def sketch(text: str, stem: str) -> frozenset[str] | None:
    """The dag_ids of a file when all of them are plain texts; None when the file has to be analysed.

    `stem`: the name of the file without its ending. Empty for a file whose text makes no DAG, though it may
    call what another module has to make one.
    """
    found: set[str] = set()
    count = 0
    for match in _PLAIN.finditer(text):
        dag_id = _id_in(match, text, stem)
        if dag_id is None:
            return None
        found.add(dag_id)
        count += 1
    return frozenset(found) if count == len(_MADE.findall(text)) else None


def _id_in(match: re.Match[str], text: str, stem: str) -> str | None:
    if match["id"] is not None or match["stem"] is not None:
        return match["id"] or stem
    if match["name"] is not None:
        return _value_of(match["name"], text, stem)
    function = _FUNCTION.match(text, match.end())
    if function is None or match["more"] or "dag_id" in (match["arguments"] or ""):
        return None
    return function["name"]


def _value_of(name: str, text: str, stem: str) -> str | None:
    """The text that a name of the module stands for, if it stands for one alone."""
    given = re.findall(rf"^[ \t]*{name}[ \t]*=(?!=)", text, re.MULTILINE)
    rebound = re.search(
        rf"\bfor\b[^:\n]*\b{name}\b|\bdef\b[^\n]*\b{name}\b|^[ \t]+{name},$", text, re.MULTILINE
    )
    plain = re.search(
        rf"""^{name}[ \t]*=[ \t]*(?:(["'])(?P<id>[\w.-]+)\1|{_STEM})[ \t]*(?:\#[^\n]*)?$""",
        text,
        re.MULTILINE,
    )
    # As an argument on a line of its own, `dag_id=dag_id,` gives nothing to it.
    arguments = re.findall(rf"^[ \t]+{name}[ \t]*=[ \t]*{name},?[ \t]*$", text, re.MULTILINE)
    if plain is None or rebound or len(given) - len(arguments) != 1:
        return None
    return plain["id"] or stem
