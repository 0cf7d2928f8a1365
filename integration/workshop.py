"""Where the clients are driven: temporary folders, environments of their own, and nothing that runs for ever."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

PROJECT = Path(__file__).parent.parent

# Long enough for a loaded machine: a timeout is there to end what hangs, not to measure.
SECONDS = 120
SECONDS_TO_INSTALL = 400

# What a user's shell may hold that would change how a client behaves.
FOREIGN = re.compile(
    r"^(GIT_|PRE_COMMIT|PYTHON|VIRTUAL_ENV|FLAKE8|XDG_|VIM|NVIM|EMACS|GITHUB_|DAG_LINT_)"
    r"|^(CI|FORCE_COLOR|NO_COLOR|SKIP)$"
)


class FailedError(Exception):
    """The client does not show what it has to; the reason in a sentence."""


class SkippedError(Exception):
    """The client cannot be had here; what would help."""


@dataclass(frozen=True, slots=True)
class Done:
    """A process that has ended."""

    command: str
    status: int
    stdout: str
    stderr: str

    def ended_with(self, status: int) -> Done:
        """Itself, if that was its exit status."""
        if self.status != status:
            raise FailedError(
                f"{self.command} ended with {self.status} instead of {status}:\n{self.stdout}{self.stderr}"
            )
        return self

    def quiet(self) -> Done:
        """Itself, if it wrote nothing to stderr: editors show that to the user."""
        if self.stderr.strip():
            raise FailedError(f"{self.command} wrote to stderr:\n{self.stderr}")
        return self


class Workshop:
    """Folders that vanish, and what is made in them once for all clients."""

    def __init__(self) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="dag-lint-", ignore_cleanup_errors=True)
        # The real path: git and some clients resolve links, and compare.
        self.root = Path(self._temporary.name).resolve()
        self.home = self.folder("home")
        self._environments: dict[str, Path] = {}
        self._wheel: Path | None = None
        self._repository: Path | None = None

    def __enter__(self) -> Workshop:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._temporary.cleanup()

    def folder(self, name: str) -> Path:
        """A new, empty folder."""
        folder = self.root / name
        folder.mkdir(parents=True)
        return folder

    def variables(self, environment: Path | None = None, **more: str) -> dict[str, str]:
        """The variables of a client: of the user's own only what the machine needs."""
        kept = {name: value for name, value in os.environ.items() if not FOREIGN.match(name)}
        kept |= {
            "HOME": str(self.home),
            "LC_ALL": "C.UTF-8",
            "PRE_COMMIT_HOME": str(self.root / "pre-commit"),
        }
        kept |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}
        for role in ("AUTHOR", "COMMITTER"):
            kept |= {f"GIT_{role}_NAME": "A Guest", f"GIT_{role}_EMAIL": "guest@example.org"}
        if configuration := _pips_configuration():
            kept["PIP_CONFIG_FILE"] = str(configuration)
        if environment is not None:
            kept["PATH"] = f"{environment / 'bin'}{os.pathsep}{kept['PATH']}"
        return kept | more

    def run(
        self,
        command: Sequence[str | Path],
        cwd: Path | None = None,
        *,
        variables: Mapping[str, str] | None = None,
        text: str = "",
        seconds: int = SECONDS,
    ) -> Done:
        """Run a command to its end, or end it and all that it started when that takes too long."""
        words = [str(word) for word in command]
        with subprocess.Popen(
            words,
            cwd=cwd or self.root,
            env=dict(self.variables() if variables is None else variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        ) as process:
            try:
                stdout, stderr = process.communicate(text, timeout=seconds)
            except BaseException:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        return Done(" ".join(words), process.returncode, stdout, stderr)

    def environment(self, name: str, *requirements: str) -> Path:
        """A virtual environment that holds dag-lint as its users get it, and what else is required."""
        if name not in self._environments:
            folder = self.root / "environments" / name
            self.run([sys.executable, "-m", "venv", "--without-pip", folder]).ended_with(0)
            self.install(folder, str(self.wheel()), *requirements)
            self._environments[name] = folder
        return self._environments[name]

    def install(self, environment: Path, *requirements: str) -> None:
        """Put packages into an environment, with the pip of the Python that runs us."""
        pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", str(environment / "bin" / "python")]
        self.run(
            [*pip, "install", "--quiet", "--no-input", *requirements], seconds=SECONDS_TO_INSTALL
        ).ended_with(0)

    def wheel(self) -> Path:
        """dag-lint as a package."""
        if self._wheel is None:
            target = self.folder("wheel")
            command: list[str | Path] = [
                sys.executable,
                "-m",
                "pip",
                "wheel",
                "--quiet",
                "--no-deps",
                "--wheel-dir",
                target,
            ]
            self.run([*command, self.repository()], seconds=SECONDS_TO_INSTALL).ended_with(0)
            (self._wheel,) = target.glob("*.whl")
        return self._wheel

    def repository(self) -> Path:
        """The tree as a repository that others clone, with what is not committed yet, tagged as a release."""
        if self._repository is None:
            listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
            listed = self.run(listing, PROJECT, variables=self.variables(GIT_OPTIONAL_LOCKS="0"))
            folder = self.folder("dag-lint")
            for name in filter(None, listed.ended_with(0).stdout.split("\0")):
                if (PROJECT / name).is_file():
                    (folder / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(PROJECT / name, folder / name)
            self.commit(folder, "A release")
            self.git(folder, "tag", f"v{self.version()}")
            self._repository = folder
        return self._repository

    def version(self) -> str:
        """The version of dag-lint in this tree."""
        text = (PROJECT / "src" / "dag_lint" / "__init__.py").read_text(encoding="utf-8")
        found = re.search(r'__version__ = "(.+)"', text)
        if found is None:
            raise FailedError("src/dag_lint/__init__.py has no version")
        return found[1]

    def git(self, folder: Path, *words: str) -> str:
        """What a command of git prints."""
        return self.run(["git", *words], folder).ended_with(0).stdout.strip()

    def commit(self, folder: Path, message: str) -> str:
        """Commit all that is in a folder, which becomes a repository if it is none; the commit."""
        if not (folder / ".git").exists():
            self.git(folder, "init", "--quiet", "--initial-branch=main")
        self.git(folder, "add", "--all")
        self.git(folder, "commit", "--quiet", "--message", message)
        return self.git(folder, "rev-parse", "HEAD")


def version_of(workshop: Workshop, environment: Path, package: str) -> str:
    """A package of an environment with its version, as it stands in the reports."""
    code = f"from importlib.metadata import version; print(version({package!r}))"
    done = workshop.run([environment / "bin" / "python", "-c", code]).ended_with(0)
    return f"{package} {done.stdout.strip()}"


def _pips_configuration() -> Path | None:
    """Where the user tells pip which index to take: the clients have another home, but that index."""
    if named := os.environ.get("PIP_CONFIG_FILE"):
        return Path(named)
    home = Path.home()
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    for path in (settings / "pip" / "pip.conf", home / ".pip" / "pip.conf"):
        if path.is_file():
            return path
    return None
