"""The same program in another layout: what no finding may depend on."""

from __future__ import annotations

import ast
import io
import tokenize
from typing import TYPE_CHECKING

from fuzzing.drafts import parsed

if TYPE_CHECKING:
    from random import Random


def commented(text: str, random: Random) -> str:
    """A text with comment lines, and comments behind some lines."""
    lines = text.split("\n")
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return text
    if len(lines) != text.count("\n") + 1 or "\f" in text:
        return text
    ends = {token.start[0] for token in tokens if token.type == tokenize.NEWLINE}
    without = ends - {token.start[0] for token in tokens if token.type == tokenize.COMMENT}
    result = []
    for number, line in enumerate(lines, 1):
        code = f"{line}  # a comment" if number in without and random.random() < 0.2 else line
        result.append(code)
        if number in ends and random.random() < 0.2:
            result.extend(["", "# a comment line, of (brackets and 'quotes", ""][random.randrange(3) :])
    return "\n".join(result)


def written_anew(text: str) -> str | None:
    """A text as Python itself writes the tree, None where that is another program.

    Comments are gone, adjacent strings are one, and quotes, brackets and lines are Python's own.
    """
    tree = parsed(text)
    if tree is None:
        return None
    try:
        anew = ast.unparse(tree)
        same = parsed(anew)
        return anew if same is not None and ast.dump(same) == ast.dump(tree) else None
    except (RecursionError, ValueError):
        return None
