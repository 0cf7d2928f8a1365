"""What may happen to a DAG file: parts are deleted, doubled, swapped, spliced, shuffled, renamed and nested."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from fuzzing.drafts import Draft, draft

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from fuzzing.drafts import Stretch

_MANY_TRIES = 12

_ODD = (
    "0", "-1", "1", "10**20", "9**9**9", "1e308", "float('nan')", "1j", "True", "None", "...", "''",
    "b''", "[]", "{}", "()",
    "set()", "'é한😀'", "'{{ ds }}'", "'{{'", "'a\\nb'", "'a\\0b'", "'run.sh'", "'* * * * *'",
    "'*/7 3 31 2 *'", "'@daily'",
    "'@once'", "'0 0 * * 5#2'", "'60 * * * *'", "'a' * 10**9", "[0] * 10**9", "range(10**9)",
    "lambda: 0", "lambda *a, **k: a",
    "object()", "iter([])", "(x for x in y)", "type('T', (), {})", "__import__('os')", "timedelta(0)",
    "timedelta(days=10**9)",
    "timedelta(minutes=-5)", "datetime(1, 1, 1)", "datetime(9999, 12, 31)", "datetime.now()",
    "datetime.max", "dag", "self",
    "[dag]", "DAG", "DAG('x')", "open(__file__).read()", "globals()", "locals()", "f'{x}'",
    "f'{x!r:>{y}}'", "'x' 'y'",
    "not x", "x @ y", "x if y else z", "yield_", "[*x]", "{**x}", "x[::2]", "relativedelta(months=1)",
    "pendulum.datetime(2024, 1, 1, tz='Asia/Seoul')", "timezone('Mars/Olympus')", "Variable.get('x')",
    "os.environ['X']",
)  # fmt: skip
"""Expressions that are seldom where they are put."""

_AROUND_EXPRESSIONS = (
    "({})", "[{}]", "({},)", "{{1: {}}}", "{{{}}}", "(lambda: {})()", "(lambda x={}: x)", "str({})",
    "list({})", "dict({})",
    "len({})", "({} if x else {})", "({} or {})", "(w := {})", "[z for z in [{}]][0]",
    "[z for z in {}]", "not {}", "-{}",
    "({}).x", "({})[0]", "({})()", "({})['k']", "({}) + 1", "({}) % 2", "({}) >> ({})", "dict(a={})",
    "next(iter([{}]))",
    "*{}", "**{}", "sorted({})", "tuple({})", "type({})", "copy.deepcopy({})", "({}) == ({})",
    "[{}, {}][-1]", "(yield {})",
    "(await {})", "partial({})", "({}).format(x=1)", "'%s' % ({})", "', '.join({})", "enumerate({})",
    "zip({}, {})",
    "functools.reduce(lambda a, b: a, {})", "getattr({}, 'x', 1)", "sum({})", "max({}, default=0)",
    "({}).replace(hour=1)",
)  # fmt: skip

_AROUND_STATEMENTS = (
    "if x:\n{}", "if x:\n{}\nelse:\n{}", "if False:\n{}", "for i in range(3):\n{}", "for i in x:\n{}",
    "while True:\n{}",
    "while x:\n{}\n    break", "try:\n{}\nexcept Exception:\n    pass",
    "try:\n    x()\nexcept (A, B) as e:\n{}",
    "try:\n{}\nfinally:\n{}", "with x as y:\n{}", "with DAG('w') as dag:\n{}", "def f(*a, **k):\n{}\nf()",
    "def f():\n{}\n    f()\nf()", "class C:\n{}\nC()", "@dag()\ndef g():\n{}\ng()",
    "@task\ndef h():\n{}\nh()",
    "async def f():\n{}", "match x:\n    case [a, *b]:\n{}\n    case _:\n{}",
    "def gen():\n{}\n    yield 1\nlist(gen())",
    "@contextmanager\ndef cm():\n{}\n    yield 1\nwith cm() as c:\n    pass",
    "for i, (a, *b) in enumerate(x):\n{}\nelse:\n{}",
    "with TaskGroup('g') as tg:\n{}", "if __name__ == '__main__':\n{}", "def f(x):\n    global y\n{}\nf(1)",
)  # fmt: skip


def mutated(one: Draft, other: Draft, random: Random) -> Draft | None:
    """A text with one mutation more that still is Python, None when none of some tries gave one.

    `other` gives what is spliced in; it may be the same text.
    """
    for _ in range(_MANY_TRIES):
        result = draft(broken(one, other, random))
        if result is not None and result.text != one.text:
            return result
    return None


def broken(one: Draft, other: Draft, random: Random) -> str:
    """A text with one mutation more, be it Python or not."""
    try:
        return random.choice(_MUTATIONS)(one, other, random)
    except IndexError:  # there is nothing of that kind to choose from
        return one.text


def _replaced(text: str, *changes: tuple[Stretch, str]) -> str:
    for (start, end), code in sorted(changes, reverse=True):
        text = text[:start] + code + text[end:]
    return text


def _apart(one: Stretch, other: Stretch) -> bool:
    return one[1] <= other[0] or other[1] <= one[0]


def _swap(text: str, stretches: Sequence[Stretch], random: Random) -> str:
    one, other = random.choice(stretches), random.choice(stretches)
    if not _apart(one, other):
        return text
    return _replaced(text, (one, text[slice(*other)]), (other, text[slice(*one)]))


# -- expressions ---------------------------------------------------------------------------------------


def swap_expressions(one: Draft, _other: Draft, random: Random) -> str:
    """Two expressions change places."""
    return _swap(one.text, one.expressions, random)


def splice_expression(one: Draft, other: Draft, random: Random) -> str:
    """An expression becomes one from elsewhere."""
    giver = random.choice((one, other))
    return _replaced(one.text, (random.choice(one.expressions), giver.code(random.choice(giver.expressions))))


def odd_expression(one: Draft, _other: Draft, random: Random) -> str:
    """An expression becomes an odd one."""
    return _replaced(one.text, (random.choice(one.expressions), random.choice(_ODD)))


def nest_expression(one: Draft, _other: Draft, random: Random) -> str:
    """An expression becomes a part of a larger one."""
    place = random.choice(one.expressions)
    around = random.choice(_AROUND_EXPRESSIONS)
    return _replaced(one.text, (place, around.format(*[one.code(place)] * 2)))


# -- arguments -----------------------------------------------------------------------------------------


def shuffle_arguments(one: Draft, _other: Draft, random: Random) -> str:
    """The arguments of a call in another order."""
    _, arguments = random.choice(one.calls)
    codes = [one.code(argument) for argument in arguments]
    random.shuffle(codes)
    return _replaced(one.text, *zip(arguments, codes, strict=True))


def drop_argument(one: Draft, _other: Draft, random: Random) -> str:
    """A call loses an argument."""
    _, arguments = random.choice(one.calls)
    index = random.randrange(len(arguments) - 1)
    return _replaced(one.text, ((arguments[index][0], arguments[index + 1][0]), ""))


def move_argument(one: Draft, other: Draft, random: Random) -> str:
    """A call takes an argument of another."""
    giver = random.choice((one, other))
    _, given = random.choice(giver.calls)
    _, arguments = random.choice(one.calls)
    start = random.choice(arguments)[0]
    return _replaced(one.text, ((start, start), giver.code(random.choice(given)) + ", "))


def pack_argument(one: Draft, _other: Draft, random: Random) -> str:
    """`a=1` becomes `**{"a": 1}`, `a` becomes `*[a]`, or a keyword loses its name."""
    place = random.choice(random.choice(one.calls)[1])
    name, equals, value = one.code(place).partition("=")
    if equals and name.strip().isidentifier():
        forms = [f"**{{{name.strip()!r}: {value}}}", f"**dict({name}={value})", value]
    else:
        code = one.code(place)
        forms = [f"*[{code}]", f"*({code},)", f"named={code}"]
    return _replaced(one.text, (place, random.choice(forms)))


# -- statements ----------------------------------------------------------------------------------------


def delete_statement(one: Draft, _other: Draft, random: Random) -> str:
    """A statement is gone; `pass` keeps its place."""
    return _replaced(one.text, (random.choice(one.statements), random.choice(("pass", ""))))


def double_statement(one: Draft, _other: Draft, random: Random) -> str:
    """A statement stands twice."""
    place = random.choice(one.statements)
    return _replaced(one.text, (place, _indented(one, place, _dedented(one, place)) + one.code(place)))


def swap_statements(one: Draft, _other: Draft, random: Random) -> str:
    """Two statements change places."""
    return _swap(one.text, one.statements, random)


def splice_statement(one: Draft, other: Draft, random: Random) -> str:
    """A statement from elsewhere stands before one of ours."""
    giver = random.choice((one, other))
    code = _dedented(giver, random.choice(giver.statements))
    place = random.choice(one.statements)
    return _replaced(one.text, (place, _indented(one, place, code) + one.code(place)))


def nest_statement(one: Draft, _other: Draft, random: Random) -> str:
    """A statement becomes the body of a compound one."""
    place = random.choice(one.statements)
    around = random.choice(_AROUND_STATEMENTS)
    body = textwrap.indent(_dedented(one, place), " " * (8 if "case" in around else 4))
    code = around.replace("{}", body)
    return _replaced(one.text, (place, _indented(one, place, code).rstrip(" ").removesuffix("\n")))


def _margin(one: Draft, place: Stretch) -> str:
    start = one.text.rfind("\n", 0, place[0]) + 1
    before = one.text[start : place[0]]
    return before if not before.strip() else ""


def _dedented(one: Draft, place: Stretch) -> str:
    return textwrap.dedent(_margin(one, place) + one.code(place))


def _indented(one: Draft, place: Stretch, code: str) -> str:
    """A code as it stands at `place`, with what has to come before the next line there."""
    margin = _margin(one, place)
    return code.replace("\n", f"\n{margin}") + f"\n{margin}"


# -- names, tokens, lines ------------------------------------------------------------------------------


def rename_everywhere(one: Draft, other: Draft, random: Random) -> str:
    """A name becomes another one wherever it stands."""
    old = one.code(random.choice(one.names))
    giver = random.choice((one, other))
    new = giver.code(random.choice(giver.names))
    return _replaced(one.text, *((place, new) for place in one.names if one.code(place) == old))


def rename_once(one: Draft, other: Draft, random: Random) -> str:
    """One name becomes another."""
    giver = random.choice((one, other))
    return _replaced(one.text, (random.choice(one.names), giver.code(random.choice(giver.names))))


def swap_tokens(one: Draft, _other: Draft, random: Random) -> str:
    """Two tokens change places."""
    return _swap(one.text, [place for place, _ in one.tokens], random)


def splice_token(one: Draft, other: Draft, random: Random) -> str:
    """A token becomes one of the same kind from elsewhere."""
    place, kind = random.choice(one.tokens)
    same = [stretch for stretch, its in other.tokens if its == kind]
    return _replaced(one.text, (place, other.code(random.choice(same))))


def delete_token(one: Draft, _other: Draft, random: Random) -> str:
    """A token is gone."""
    return _replaced(one.text, (random.choice(one.tokens)[0], ""))


def double_token(one: Draft, _other: Draft, random: Random) -> str:
    """A token stands twice."""
    place = random.choice(one.tokens)[0]
    return _replaced(one.text, (place, f"{one.code(place)} {one.code(place)}"))


def move_line(one: Draft, _other: Draft, random: Random) -> str:
    """A line stands elsewhere, there too, or nowhere."""
    lines = one.text.split("\n")
    line = random.randrange(len(lines))
    code = lines[line] if random.random() < 0.5 else lines.pop(line)
    if random.random() < 0.8:
        lines.insert(random.randrange(len(lines) + 1), code)
    return "\n".join(lines)


_MUTATIONS: tuple[Callable[[Draft, Draft, Random], str], ...] = (
    swap_expressions, splice_expression, splice_expression, odd_expression, odd_expression,
    nest_expression, nest_expression,
    shuffle_arguments, drop_argument, move_argument, pack_argument, delete_statement, double_statement,
    swap_statements,
    splice_statement, splice_statement, nest_statement, nest_statement, rename_everywhere, rename_once,
    swap_tokens,
    splice_token, delete_token, double_token, move_line,
)  # fmt: skip
"""What changes more stands more than once."""
