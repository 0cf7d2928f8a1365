"""Environments in which commands are measured: flake8 with and without us, and one with other linters."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import dag_lint

OTHERS = ("ruff", "pylint", "daglint", "dagruff", "pipeline-lint")
"""What is compared, as far as it can be installed."""


def flake8_words(folder: Path, with_us: bool) -> list[str]:
    """How to start flake8 in an environment that has us, or has not, and is the same otherwise.

    `folder` is filled with links to what is installed here, without our own distribution where it must not be.
    """
    packages = folder / ("with" if with_us else "without")
    if not packages.exists():
        packages.mkdir(parents=True)
        for installed in Path(sysconfig.get_path("purelib")).iterdir():
            is_ours = installed.name.startswith(("flake8_dag_lint", "dag_lint"))
            if installed.suffix != ".pth" and not installed.name.startswith("_editable") and not is_ours:
                (packages / installed.name).symlink_to(installed)
        if with_us:
            (packages / "dag_lint").symlink_to(Path(dag_lint.__file__).parent)
            _metadata(packages)
    path = f"import sys; sys.path.insert(0, {str(packages)!r})"
    program = f"{path}; from flake8.main import cli; sys.exit(cli.main())"
    return [sys.executable, "-I", "-S", "-c", program]


def _metadata(packages: Path) -> None:
    """What an installation of ours says to flake8, whether there is one or only a checkout."""
    folder = packages / f"flake8_dag_lint-{dag_lint.__version__}.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: flake8-dag-lint\nVersion: {dag_lint.__version__}\n", encoding="utf-8"
    )
    (folder / "entry_points.txt").write_text(
        "[flake8.extension]\nDAG = dag_lint.flake8_plugin:DagLintPlugin\n", encoding="utf-8"
    )


def dag_lint_words(folder: Path) -> list[str]:
    """How to start our command in that environment."""
    words = flake8_words(folder, with_us=True)
    return [*words[:-1], words[-1].replace("from flake8.main import cli", "from dag_lint import cli")]


def other_linters(folder: Path) -> dict[str, Path]:
    """The programs of other linters, installed into an environment of their own; those that cannot be are missing."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    found = {}
    for name in OTHERS:
        installed = subprocess.run(
            [str(programs / "python"), "-m", "pip", "install", "-q", name], check=False, capture_output=True
        )
        if installed.returncode == 0 and (program := programs / name).exists():
            found[name] = program
    return found
