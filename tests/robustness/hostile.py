"""Texts that nest, chain and repeat until something gives way. Each holds one DAG that has one finding, DAG103."""

from __future__ import annotations

HEAD = "from datetime import datetime\nfrom airflow import DAG\nfrom airflow.operators.empty import EmptyOperator\n"
TAIL = "\nDAG('d', schedule='@daily', start_date=datetime(2024, 1, 1), catchup=False)\n"


def _texts(depth: int) -> dict[str, str]:
    """Kinds of depth and length; `depth` says how much of it."""
    few = min(depth, 95)
    """Python itself takes no more than a hundred indents."""
    lines = "\n".join
    return {
        "parentheses": "x = " + "(" * depth + "1" + ")" * depth,
        "lists": "x = " + "[" * depth + "]" * depth,
        "dicts": "x = " + "{1:" * depth + "1" + "}" * depth,
        "subscripts": "x = a" + "[0]" * depth,
        "inner subscripts": "x = " + "a[" * depth + "0" + "]" * depth,
        "attributes": "x = a" + ".b" * depth,
        "calls": "x = a" + "()" * depth,
        "inner calls": "x = " + "a(" * depth + ")" * depth,
        "methods": "x = a" + ".b()" * depth,
        "plus": "x = a" + " + a" * depth,
        "power": "x = 1" + " ** 1" * depth,
        "shifts": "EmptyOperator(task_id='t')" + " >> a" * depth,
        "back shifts": "EmptyOperator(task_id='t')" + " << a" * depth,
        "ands": "x = a" + " and a" * depth,
        "comparisons": "x = a" + " < a" * depth,
        "minus": "x = " + "-" * depth + "1",
        "nots": "x = " + "not " * depth + "a",
        "awaits": "async def f():\n    return " + "await (" * depth + "a" + ")" * depth,
        "lambdas": "x = " + "lambda: " * depth + "1",
        "ternaries": "x = " + "1 if a else " * depth + "2",
        "walruses": "x = " + "(a := " * depth + "1" + ")" * depth,
        "yields": "def f():\n    " + "(yield " * depth + "1" + ")" * depth,
        "stars": "f(" + "*[" * depth + "]" * depth + ")",
        "f-strings": 'x = f"' + "{a}" * depth + '"',
        "comprehensions": "x = " + "[a for a in " * depth + "b" + "]" * depth,
        "clauses": "x = [a" + " for a in b" * depth + "]",
        "conditions": "x = [a for a in b" + " if a" * depth + "]",
        "slices": "x = a[" + "::, " * depth + "]",
        "adjacent strings": "x = (" + "'a'\n" * depth + ")",
        "targets": "x = " * depth + "1",
        "unpacking": "(" * depth + "x," + ")" * depth + " = a",
        "deletions": "del " + "x, " * depth + "x",
        "arguments": "f(" + "1, " * depth + ")",
        "keywords": "f(" + ", ".join(f"a{n}=1" for n in range(depth)) + ")",
        "parameters": "def f(" + ", ".join(f"a{n}=1" for n in range(depth)) + "): pass",
        "annotations": "x: " + "list[" * depth + "int" + "]" * depth + " = 1",
        "imports": "import " + "a." * depth + "b",
        "imported names": "from a import " + ", ".join(f"a{n}" for n in range(depth)),
        "statements": "x = 1; " * depth,
        "elifs": "if a:\n    pass\n" + "elif a:\n    pass\n" * depth + "else:\n    pass",
        "ifs": lines(f"{' ' * n}if a:" for n in range(few)) + "\n" + " " * few + "pass",
        "elses": "".join(f"{' ' * n}if a:\n{' ' * n} pass\n{' ' * n}else:\n" for n in range(few)) + " " * few + "pass",
        "loops": lines(f"{' ' * n}for i in range(9):" for n in range(few)) + "\n" + " " * few + "x = i",
        "withs": lines(f"{' ' * n}with DAG('w{n}'):" for n in range(few)) + "\n" + " " * few + "pass",
        "with items": "with " + ", ".join(["DAG('w')"] * depth) + ":\n    pass",
        "tries": lines(f"{' ' * n}try:" for n in range(20)) + "\n" + " " * 20 + "a()\n"
        + lines(f"{' ' * n}finally: a()" for n in reversed(range(20))),
        "excepts": "try:\n    a()\n" + "except a as b:\n    pass\n" * depth,
        "functions": lines(f"{' ' * n}def f{n}():" for n in range(few)) + "\n" + " " * few + "pass\nf0()",
        "classes": lines(f"{' ' * n}class C{n}:" for n in range(few)) + "\n" + " " * few + "pass",
        "bases": "class C0: pass\n" + lines(f"class C{n}(C{n - 1}): pass" for n in range(1, min(depth, 400))),
        "decorators": "@a\n" * depth + "def f(): pass\nf()",
        "cases": "match a:\n" + "    case 1: pass\n" * depth,
        "patterns": "match a:\n    case " + "[" * depth + "b" + "]" * depth + ": pass",
        "pattern groups": "match a:\n    case " + "(" * depth + "b" + ")" * depth + ": pass",
        "pattern maps": "match a:\n    case " + "{1: " * depth + "b" + "}" * depth + ": pass",
        "pattern classes": "match a:\n    case 1: pass\n    case " + "C(a=" * depth + "b" + ")" * depth + ": pass",
        "alternatives": "match a:\n    case " + "1 | " * depth + "1: pass",
        "recursion": "def f(n):\n    return f(n + 1)\nf(0)",
        "a call tree": "".join(f"def f{n}(): return f{n + 1}(), f{n + 1}()\n" for n in range(60)) + "f0()",
        "globals": "def f():\n    global " + ", ".join(f"a{n}" for n in range(depth)) + "\n    a0 = 1\nf()",
        "a long line": "x = '" + "a" * 100 * depth + "'",
        "a long comment": "#" + " airflow" * 10 * depth,
        "a long name": "a" * 10 * depth + " = 1",
        "a long number": "x = " + "1" * min(depth, 4000),
        "blank lines": "\n" * 10 * depth,
        "form feeds": "\f\n" * depth,
        "joined lines": "x = 1 + \\\n" * depth + "1",
        "a docstring": '"""' + "line\n" * depth + '"""',
        "backslashes": "x = '" + "\\\\" * depth + "'",
        "semicolons": "pass;" * depth,
    }  # fmt: skip


DEPTHS = (250, 4_000)
"""Above the limit of code generation, and above those of Python's own parser."""

TEXTS = {f"{name} {depth}": f"{HEAD}{body}{TAIL}" for depth in DEPTHS for name, body in _texts(depth).items()}

CUT_SHORT = ("a call tree", "ands", "bases", "cases", "clauses", "excepts", "loops", "with items")
"""Reading them ends on the way, with what is understood so far."""
