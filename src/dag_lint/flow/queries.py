"""What a statement says of the size of its result, read from as much of its text as is known."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from dag_lint.flow.things import GAP

_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_LIMIT = re.compile(r"\b(?:limit|top|fetch\s+first)\s+\(?(\d+)\b", re.IGNORECASE)
_OFFSET = re.compile(r"\boffset\b", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+('[^']+'|[`\"\[]?[\w$" + GAP + r".\"`\[\]-]+)", re.IGNORECASE)
_SELECT = re.compile(r"^\s*select\s+(.*?)\s+from\b", re.IGNORECASE | re.DOTALL)
_AGGREGATE = re.compile(
    r"^(?:count|sum|min|max|avg|approx_count_distinct|bool_or|bool_and|exists|coalesce\s*\(\s*(?:max|min|sum|count))\s*\(?",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"\bgroup\s+by\b", re.IGNORECASE)
_CATALOGUE = re.compile(
    r"\b(?:information_schema|pg_catalog|pg_stat\w*|pg_class|pg_indexes|sys\.\w+|sqlite_master|all_tables|user_tables"
    r"|dba_\w+|svv_\w+|stv_\w+|__tables__|system\.tables|pg_tables)\b",
    re.IGNORECASE,
)
SETTINGS = re.compile(
    r"(?:\w+_)?(?:configs?|configurations?|settings?|watermarks?|checkpoints?|metadata)(?:_table)?"
    r"|active_dags|slot_pool|connection|variable|dag",
    re.IGNORECASE,
)
"""Tables that hold a row for each thing that somebody set up, among them Airflow's own."""
_WITH = re.compile(r"^\s*with\b", re.IGNORECASE)
_BY_KEY = re.compile(
    r"\bwhere\s+[\w.\"`]*\b(?:id|uuid|key|pk)[\"`]?\s*=\s*(?:%s|\?|:\w+|%\(\w+\)s|'?\d+'?)\s*;?\s*$",
    re.IGNORECASE,
)
_DATA_QUERY = re.compile(r"\bfrom\b", re.IGNORECASE)
# Statements that give nothing back, or a page.
_LITTLE_TO_SAY = frozenset(
    {
        "show", "describe", "desc", "explain", "pragma", "set", "use", "insert", "update", "delete", "truncate",
        "create", "drop", "alter", "grant", "revoke", "vacuum", "analyze", "begin", "commit", "merge", "optimize",
    }
)  # fmt: skip

SMALL_LIMIT = 1000
"""A literal LIMIT up to which a result is no bulk."""

Size = Literal["small", "grouped", "bulk"]


def size(text: str | None) -> Size:
    """How large the result of a statement may be; an unknown statement may be bulk."""
    if not text:
        return "bulk"
    text = _COMMENT.sub(" ", text).strip().rstrip(";")
    verb = first_word(text)
    if verb in _LITTLE_TO_SAY:
        return "small"
    if _CATALOGUE.search(text) or SETTINGS.fullmatch((table(text) or "").rpartition(".")[2].strip('`"[]')):
        return "small"
    if _is_limited(text):
        return "small"
    if _BY_KEY.search(text):
        return "small"
    if verb == "select" and not _DATA_QUERY.search(text) and GAP not in text:
        return "small"
    return _aggregated(text)


def _is_limited(text: str) -> bool:
    """Whether a small literal LIMIT bounds the result."""
    limits = _LIMIT.findall(text)
    small = bool(limits) and int(limits[-1]) <= SMALL_LIMIT
    return small and not _OFFSET.search(text) and _limits_the_whole(text)


def _limits_the_whole(text: str) -> bool:
    """Whether the last LIMIT stands outside of parentheses."""
    start = max(match.start() for match in _LIMIT.finditer(text))
    return text.count("(", start) == text.count(")", start) or "top" in text[start : start + 3].lower()


def _aggregated(text: str) -> Size:
    selected = _SELECT.match(text)
    if selected is not None and not _WITH.match(text) and not _GROUPED.search(text):
        columns = _columns(selected.group(1))
        if (
            columns
            and all(_AGGREGATE.match(column.strip()) for column in columns)
            and " over" not in text.lower()
        ):
            return "small"
    outer = _without_parentheses(text)
    return "grouped" if _GROUPED.search(outer) else "bulk"


def _columns(text: str) -> list[str]:
    """The selected columns, split at the commas outside of parentheses."""
    found, depth, start = [], 0, 0
    for index, character in enumerate(text):
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        elif character == "," and depth == 0:
            found.append(text[start:index])
            start = index + 1
    found.append(text[start:])
    return found


def _without_parentheses(text: str) -> str:
    depth, kept = 0, []
    for character in text:
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(0, depth - 1)
        elif depth == 0:
            kept.append(character)
    return "".join(kept)


def first_word(text: str | None) -> str:
    """The verb of a statement in lower case, empty when its beginning is not known."""
    match = re.match(r"[\s(]*([A-Za-z_]+)", _COMMENT.sub(" ", text or ""))
    return match.group(1).lower() if match else ""


def table(text: str | None) -> str | None:
    """The table a statement reads first, None when it cannot be told."""
    match = _FROM.search(text or "")
    if match is None:
        return None
    name = match.group(1).strip("`\"[]'").rpartition("/")[2]
    if _WITH.match(_COMMENT.sub(" ", text or "")) and re.search(
        rf"\b{re.escape(name)}\s+as\b", text or "", re.IGNORECASE
    ):
        return None  # a name that the statement makes itself
    return name if GAP not in name and name and name.lower() not in {"select", "unnest", "lateral"} else None


class DuckQuery(NamedTuple):
    """What a statement makes duckdb do inside of the worker."""

    reads: bool
    works: str
    writes: bool


_JOIN = re.compile(r"\bjoin\b", re.IGNORECASE)
_COPY_TO = re.compile(r"^\s*copy\b.*\bto\b", re.IGNORECASE | re.DOTALL)
_FILLS = re.compile(r"^\s*(?:create\b.*?\bas\b|insert\b.*?\bselect\b)", re.IGNORECASE | re.DOTALL)


def duckdb(text: str) -> DuckQuery:
    """How heavy a duckdb statement is: it reads, joins or groups, and writes here, not in a server."""
    text = _COMMENT.sub(" ", text)
    reads = bool(_DATA_QUERY.search(text)) and first_word(text) not in {"delete", "pragma", "attach", "show"}
    works = "joins" if _JOIN.search(text) else "groups" if _GROUPED.search(text) else ""
    reads = reads and not _CATALOGUE.search(text) and not (_is_limited(text) and not works)
    return DuckQuery(reads, works, bool(_COPY_TO.match(text) or _FILLS.match(text)))
