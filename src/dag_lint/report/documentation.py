"""The documentation of a rule, from its docstring and its example: for a terminal, and as Markdown."""

from __future__ import annotations

import inspect
import re
import textwrap
from typing import TYPE_CHECKING

from dag_lint.rule import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dag_lint.rule import Default, Rule

_DEFAULTS: dict[Default, str] = {
    "on": "on",
    "off": "off",
    "2": "on, where the target is Airflow 2 or not known",
    "3": "on, where the target is Airflow 3 or not known",
}

_HEADING = re.compile(rf"^({'|'.join(SECTIONS)})\n(?:[-=~]+\n)?", re.MULTILINE)


def summary(rule: type[Rule]) -> str:
    """What a rule finds, in one sentence."""
    return _parts(rule)[0]


def default_of(rule: type[Rule]) -> str:
    """When a rule is on without anybody asking for it."""
    return _DEFAULTS[rule.default]


def fix_of(rule: type[Rule]) -> str:
    """Whether a rule mends what it finds: `safe`, `unsafe`, or `none`."""
    return rule.fix or "none"


def for_terminal(rule: type[Rule], width: int = 88) -> str:
    """The documentation of a rule as lines of at most `width` columns."""
    first, sections = _parts(rule)
    lines = [
        f"{rule.code} {rule.name}",
        "",
        *textwrap.wrap(first, width),
        "",
        _facts(rule),
    ]
    for title, body in sections:
        lines += ["", title, "-" * len(title), *_wrapped(body, width)]
    for title, code in _examples(rule):
        lines += ["", title, "-" * len(title), *textwrap.indent(code, "    ").splitlines()]
    return "\n".join(lines) + "\n"


def as_markdown(rule: type[Rule]) -> str:
    """The page of a rule."""
    return f"# {rule.code}: {rule.name}\n\n{help_as_markdown(rule)}\n[All rules](../rules.md)\n"


def help_as_markdown(rule: type[Rule]) -> str:
    """What stands on the page of a rule, for readers who are elsewhere."""
    first, sections = _parts(rule)
    parts = [
        first,
        _facts(rule),
    ]
    parts += [f"## {title}\n\n{body}" for title, body in sections]
    parts += [f"## {title}\n\n```python\n{code}\n```" for title, code in _examples(rule)]
    return "\n\n".join(parts) + "\n"


def what_happens(rule: type[Rule]) -> str:
    """What a rule is about, in a paragraph or several; of one of somebody else's maybe only what it finds."""
    first, sections = _parts(rule)
    return dict(sections).get("What happens") or dict(sections).get("More", first)


def index_as_markdown(rules: Iterable[type[Rule]], folder: str = "rules") -> str:
    """The table of all rules."""
    rows = [
        f"| [{rule.code}]({folder}/{rule.code}.md) | {rule.name} | {rule.default} | {fix_of(rule)} | {summary(rule)} |"
        for rule in rules
    ]
    return "\n".join(["| code | allow ... | default | fix | finds |", "|---|---|---|---|---|", *rows]) + "\n"


def _facts(rule: type[Rule]) -> str:
    """When a rule is on, how much it matters, whether it mends what it finds, and since when there is it."""
    since = f" Since {_home(rule)}{rule.since}." if rule.since else ""
    return f"Default: {default_of(rule)}. Severity: {rule.severity.value}. Fix: {fix_of(rule)}.{since}"


def _home(rule: type[Rule]) -> str:
    return "dag-lint " if rule.code.startswith("DAG") else "version "


def _parts(rule: type[Rule]) -> tuple[str, list[tuple[str, str]]]:
    """The summary and the sections of a rule's docstring; those of others may have sections of no name."""
    first, *rest = _HEADING.split(inspect.cleandoc(rule.__doc__ or ""))
    first, _, more = first.strip().partition("\n\n")
    bodies = [textwrap.dedent(body).strip() for body in rest[1::2]]
    sections = list(zip(rest[::2], bodies, strict=True))
    return " ".join(first.split()), [("More", more.strip()), *sections] if more.strip() else sections


def _examples(rule: type[Rule]) -> tuple[tuple[str, str], ...]:
    if rule.example is None:
        return ()
    return (
        ("This is found", textwrap.dedent(rule.example.bad).strip("\n")),
        ("Write this instead", textwrap.dedent(rule.example.good).strip("\n")),
    )


def _wrapped(body: str, width: int) -> Iterator[str]:
    """Paragraphs and lists filled anew; what is indented, fenced or a table stays as it is."""
    paragraph: list[str] = []
    fenced = False

    def filled() -> list[str]:
        hanging = "  " if paragraph[:1] and re.match(r"[-*] ", paragraph[0]) else ""
        words = " ".join(paragraph)
        paragraph.clear()
        return textwrap.wrap(words, width, subsequent_indent=hanging, break_on_hyphens=False)

    for line in body.splitlines():
        as_it_is = fenced or not line or line.startswith(("```", "    ", "|"))
        if as_it_is or re.match(r"[-*] |[0-9]+\. ", line):
            yield from filled()
        if line.startswith("```"):
            fenced = not fenced
        if as_it_is:
            yield line
        else:
            paragraph.append(line.strip())
    yield from filled()
