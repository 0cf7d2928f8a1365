"""Record what Airflow's operators are: template fields and extensions, parameters, moved names.

    python scripts/record_airflow.py WHEELS [--download]

WHEELS is a scratch folder. With `--download` the wheels that airflow_wheels.txt pins are fetched into it
by pip. Their classes are read, not imported, so no client library is needed; the result is written to
src/dag_lint/airflow/operators.tsv, whose format `dag_lint.airflow.operators` explains.
"""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from static_classes import ClassAt, UnknowableError, Wheel, World, literal

HERE = Path(__file__).parent
PINS = HERE / "airflow_wheels.txt"
TABLE = HERE.parent / "src" / "dag_lint" / "airflow" / "operators.tsv"

OPERATOR_MODULE = re.compile(
    r"airflow\.(providers\.[\w.]+|operators\.\w+|sensors\.\w+|decorators\.\w+|models\.\w+)$"
)


@dataclass
class Signature:
    """What a constructor takes beside what its base operator takes; `open_ended`: possibly more."""

    taken: set[str] = field(default_factory=set)
    required: set[str] = field(default_factory=set)
    open_ended: bool = False


@dataclass
class Sighting:
    """A class as one version of one distribution defines it."""

    wheel: Wheel
    sensor: bool
    fields: tuple[str, ...] | None
    extensions: tuple[str, ...] | None
    signature: Signature


def signature(world: World, lineage: list[ClassAt | str]) -> Signature:
    """The union of the constructors along a line of classes, as far as `**kwargs` reaches."""
    if not lineage:
        return Signature()
    nearest, rest = lineage[0], lineage[1:]
    if isinstance(nearest, str):
        deeper = signature(world, rest)
        deeper.open_ended |= nearest == "?"
        return deeper
    init = next(
        (s for s in nearest.node.body if isinstance(s, ast.FunctionDef) and s.name == "__init__"), None
    )
    if init is None:
        return signature(world, rest)
    own = _own(init)
    if init.args.kwarg is None:
        return own
    deeper = signature(world, rest)
    settled = _settled(init, init.args.kwarg.arg)
    return Signature(
        own.taken | (deeper.taken - settled) | _popped(init, init.args.kwarg.arg),
        own.required | (deeper.required - settled - own.taken),
        deeper.open_ended,
    )


def _own(init: ast.FunctionDef) -> Signature:
    positional = [*init.args.posonlyargs, *init.args.args][1:]
    defaults = len(init.args.defaults)
    required = {argument.arg for argument in positional[: len(positional) - defaults]}
    required |= {
        argument.arg
        for argument, default in zip(init.args.kwonlyargs, init.args.kw_defaults, strict=True)
        if default is None
    }
    return Signature({argument.arg for argument in [*positional, *init.args.kwonlyargs]}, required)


def _settled(init: ast.FunctionDef, kwargs: str) -> set[str]:
    """What a constructor itself hands to the next one: the caller cannot give it again."""
    found: set[str] = set()
    for node in ast.walk(init):
        if isinstance(node, ast.Call) and any(
            keyword.arg is None and isinstance(keyword.value, ast.Name) and keyword.value.id == kwargs
            for keyword in node.keywords
        ):
            found |= {keyword.arg for keyword in node.keywords if keyword.arg}
    return found


def _popped(init: ast.FunctionDef, kwargs: str) -> set[str]:
    """What a constructor takes out of its `**kwargs` by name: `kwargs.pop("x")`, `kwargs["x"]`."""
    found: set[str] = set()
    for node in ast.walk(init):
        key: ast.expr | None = None
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == kwargs:
            key = node.slice
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == kwargs
            and node.args
        ):
            key = node.args[0]
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            found.add(key.value)
    return found


def sightings(world: World, wheel: Wheel) -> dict[str, Sighting]:
    """Every operator and sensor class of a wheel."""
    found: dict[str, Sighting] = {}
    for cls in world.classes(wheel):
        lineage = world.lineage(cls)
        if "BaseOperator" not in lineage or not OPERATOR_MODULE.match(cls.module):
            continue
        found[cls.path] = Sighting(
            wheel,
            "BaseSensorOperator" in lineage,
            attribute(world, cls, "template_fields"),
            attribute(world, cls, "template_ext"),
            signature(world, lineage),
        )
    return found


def attribute(world: World, cls: ClassAt, name: str) -> tuple[str, ...] | None:
    """A class attribute, None (and a word about it) when reading is not enough."""
    try:
        return world.attribute(cls, name)
    except UnknowableError as unknown:
        sys.stderr.write(f"{name} of {unknown}\n")
        return None


def moved(wheel: Wheel) -> dict[str, str]:
    """Old path -> new path, from the tables by which a package keeps its old names importable."""
    found: dict[str, str] = {}
    alone = World([wheel])
    for module in wheel.modules():
        tree = alone.tree(module)
        for statement in tree.body if tree is not None else ():
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Dict):
                names = {target.id for target in statement.targets if isinstance(target, ast.Name)}
                if names & {"__deprecated_classes", "__deprecated_imports"}:
                    found |= _moved_in(module, literal(statement.value))
    return found


def _moved_in(package: str, table: dict[str, object]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            found |= _moved_in(f"{package}.{name}", value)
        elif isinstance(value, str) and name != "*":
            found[f"{package}.{name}"] = value
    return found


def shims(world: World, wheel: Wheel, known: dict[str, list[Sighting]]) -> dict[str, str]:
    """Old path -> new path: `Old = New`, and modules that do nothing but import from the new home."""
    found: dict[str, str] = {}
    for module in wheel.modules():
        tree = world.tree(module)
        if not OPERATOR_MODULE.match(module) or tree is None:
            continue
        hollow = not any(isinstance(statement, ast.ClassDef | ast.FunctionDef) for statement in tree.body)
        names: list[tuple[str, str]] = []
        for statement in tree.body:
            if isinstance(statement, ast.ImportFrom) and hollow:
                names += [(alias.asname or alias.name,) * 2 for alias in statement.names]
            elif isinstance(statement, ast.AnnAssign | ast.Assign) and isinstance(statement.value, ast.Name):
                target = statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
                names += [(target.id, statement.value.id)] if isinstance(target, ast.Name) else []
        for old, new in names:
            resolved = world.resolve(module, new)
            if isinstance(resolved, ClassAt) and resolved.path in known:
                found[f"{module}.{old}"] = resolved.path
    return found


def version_key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def worlds(wheels: list[Wheel]) -> dict[Wheel, World]:
    """For each wheel, what could be installed beside it: n-th newest with n-th newest."""
    by_distribution: dict[str, list[Wheel]] = defaultdict(list)
    for wheel in wheels:
        # Airflow 3 comes as two wheels beside the one of Airflow 2: two generations of the same thing.
        generation = "airflow" if wheel.distribution == "airflow-core" else wheel.distribution
        by_distribution[generation].append(wheel)
    for versions in by_distribution.values():
        versions.sort(key=lambda wheel: version_key(wheel.version), reverse=True)
    found: dict[Wheel, World] = {}
    for rank in range(max(map(len, by_distribution.values()))):
        chosen = [versions[min(rank, len(versions) - 1)] for versions in by_distribution.values()]
        world = World(chosen)
        found |= {wheel: world for wheel in chosen if wheel not in found}
    return found


def merged(names: list[tuple[Wheel, tuple[str, ...] | None]]) -> str:
    """The union over versions; a name that some versions lack says in which it was seen."""
    known = [(wheel, found) for wheel, found in names if found is not None]
    if not known:
        return "?"
    known.sort(key=lambda pair: (pair[0].distribution != "airflow", version_key(pair[0].version)))
    texts: list[str] = []
    for name in dict.fromkeys(name for _, found in reversed(known) for name in found):
        having = [index for index, (_, found) in enumerate(known) if name in found]
        first = "" if having[0] == 0 else known[having[0]][0].version
        last = "" if having[-1] == len(known) - 1 else known[having[-1]][0].version
        texts.append(name if len(having) == len(known) else f"{name}@{first}..{last}")
    return " ".join(texts)


def line(path: str, seen: list[Sighting]) -> str:
    signatures = [sighting.signature for sighting in seen]
    taken = set().union(*(signature.taken for signature in signatures))
    required = set.intersection(*(signature.required for signature in signatures))
    parameters = [f"{name}!" if name in required else name for name in sorted(taken)]
    if any(signature.open_ended for signature in signatures):
        parameters.append("*")
    return "\t".join(
        (
            path,
            "sensor" if any(sighting.sensor for sighting in seen) else "operator",
            merged([(sighting.wheel, sighting.fields) for sighting in seen]),
            merged([(sighting.wheel, sighting.extensions) for sighting in seen]),
            " ".join(parameters),
        )
    )


def record(wheels: list[Wheel]) -> list[str]:
    """The lines of the table."""
    seen: dict[str, list[Sighting]] = defaultdict(list)
    new_paths: dict[str, str] = {}
    surroundings = worlds(wheels)
    for wheel, world in surroundings.items():
        for path, sighting in sightings(world, wheel).items():
            seen[path].append(sighting)
        new_paths |= {old: new for old, new in moved(wheel).items() if old not in new_paths}
    for wheel, world in surroundings.items():
        new_paths |= {old: new for old, new in shims(world, wheel, seen).items() if old not in new_paths}

    def home(path: str) -> str:
        for _ in range(5):
            path = new_paths.get(path, path)
        return path

    for old in [path for path in seen if home(path) != path and home(path) in seen]:
        seen[home(old)] += seen.pop(old)
    lines = [line(path, sorted(found, key=_age)) for path, found in seen.items()]
    lines += [f"{old}\t={home(old)}" for old in new_paths if home(old) in seen and old not in seen]
    return sorted(lines)


def _age(sighting: Sighting) -> tuple[int, ...]:
    return version_key(sighting.wheel.version)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("wheels", type=Path)
    parser.add_argument("--download", action="store_true")
    options = parser.parse_args()
    pins = [pin for pin in PINS.read_text(encoding="utf-8").split() if "==" in pin]
    if options.download:
        for pin in pins:
            # One by one: several versions of a distribution cannot be resolved together.
            command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:"]
            subprocess.run([*command, "--dest", str(options.wheels), pin], check=True)
    wanted = {pin.replace("-", "_").replace("==", "-") for pin in pins}
    paths = [
        path for path in sorted(options.wheels.glob("*.whl")) if "-".join(path.name.split("-")[:2]) in wanted
    ]
    lines = record([Wheel.at(path) for path in paths])
    TABLE.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    classes = sum("\t=" not in line for line in lines)
    sys.stdout.write(f"{len(paths)} wheels, {classes} classes, {len(lines)} paths\n")


if __name__ == "__main__":
    main()
