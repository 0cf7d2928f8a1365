"""Where nodes stand: as libcst's own position provider says, at a fraction of the price."""

from __future__ import annotations

import ast
from pathlib import Path

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider

from dag_lint.diagnostic import Position
from dag_lint.spans import locate
from dag_lint.syntax import walk

PROJECT = Path(__file__).parent.parent
FILES = sorted([*PROJECT.glob("tests/fixtures/*/*.py"), *PROJECT.glob("examples/dags/*.py")])

ODD = [
    "a = 1; b = f(2); c = 3\n",
    "# comment\n\n@deco(1)\n@other\ndef f(x=(1)):\n    return (x)\n",
    "if a:\n\tb = 'é한국' + x\n\tc\n",
    "x = (\n    1,\n    # inside\n    [2],\n)\n\n\nclass A(B):\n    y = {'a': 1}\n",
    "\x0c\nx = f(1)\n",
    "try:\n    a()\nexcept E as e:\n    b\nfinally:\n    c[1:2]\n",
    "x = '''two\nlines''' + y\n",
    "async def f():\n    async with a as b:\n        await c\n",
    "lambda a, *b: (a, b)\n",
    "with (a as b, c): pass\n",
    "if a:\n    b(1)\nelif c(2):\n    if d: e\n    # own\n    f(3)\nelif g: h\nelse:\n    i(4); j(5)\n    k\n",
    "for a in b:\n  c\n  while d:\n        e(1)\n  else: f(2)\nelse:\n  g(3)\n",
    "try: a\nexcept B(1):\n\tc(2)\nexcept D: e\nelse:\n\tf\nfinally:\n\tg(3)\n",
    "match a(1):\n    case B(c=1) if d:\n        e(3)\n    case f: f\n    case g:\n\n        # own\n        h(4)\n",
    "class A:\n    x = 1\n\n    @b(1)\n    #\n    @c\n    def d(self, e=f(2)):\n        'g'\n        return h(3)\n",
    "with a(1) as b:\n    (\n        c(2)\n        >> d[3]\n    )\n    e = '''\n  f''' + g(4)\n# end\n",
]


def positions_agree(text: str, alone: bool = False) -> None:
    """Of all nodes at once and, if `alone`, of each by itself."""
    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    expected = wrapper.resolve(PositionProvider)
    nodes = [node for node in walk(wrapper.module) if isinstance(node, (cst.BaseExpression, cst.Arg))]
    tree = ast.parse(text)
    found = locate(wrapper.module, tree, nodes)
    for node in nodes:
        place = expected[node]
        span = locate(wrapper.module, tree, [node])[id(node)] if alone else found[id(node)]
        assert (span.start.line, span.start.column) == (place.start.line, place.start.column), node
        assert (span.end.line, span.end.column) == (place.end.line, place.end.column), node


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_positions_of_every_fixture_are_those_of_libcst(path: Path) -> None:
    positions_agree(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", ODD)
def test_positions_in_odd_layouts_are_those_of_libcst(text: str) -> None:
    positions_agree(text, alone=True)


def test_a_node_of_another_tree_has_no_place() -> None:
    text = "x = 1\n"
    other = cst.parse_expression("f(1)")
    assert locate(cst.parse_module(text), ast.parse(text), [other, None, "no node"]) == {}


def test_a_chain_that_libcst_cannot_write_stands_at_its_statement() -> None:
    text = "import a\n\nb = 1\n" + " >> ".join(["t"] * 900) + "\n"
    module = cst.parse_module(text)
    chain = module.body[2].body[0].value  # type: ignore[union-attr]
    span = locate(module, ast.parse(text), [chain])[id(chain)]
    assert span.start == span.end == Position(4, 0)


def test_a_chain_inside_of_a_block_stands_at_its_own_statement() -> None:
    text = "import a\n\nwith b:\n    c\n    " + " >> ".join(["t"] * 900) + "\n"
    module = cst.parse_module(text)
    chain = module.body[1].body.body[1].body[0].value  # type: ignore[union-attr]
    span = locate(module, ast.parse(text), [chain])[id(chain)]
    assert span.start == span.end == Position(5, 4)
