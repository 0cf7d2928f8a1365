"""What a rule is: everything about one pitfall in one class."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from dag_lint.diagnostic import Severity
from dag_lint.remedy import Remedy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dag_lint.diagnostic import Span
    from dag_lint.model import DagFile, Handle
    from dag_lint.project import FileSummary, Project
    from dag_lint.remedy import Change

Default = Literal["on", "off", "2", "3"]
"""`on`, `off` (opt-in), or on only where the file may be meant for that major version of Airflow."""

_CODE = re.compile(r"[A-Z]{1,3}[0-9]{3}")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SECTIONS = ("What happens", "What to write", "Known limits")


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's statement about a place: the handle of a syntax node.

    `uses` are the places where the value at `where` is used, the nearest first: the finding stands at the
    first of them that is in the linted file when `where` is in another one. `remedy`: what a fix would do.
    """

    code: str
    where: Handle
    message: str
    uses: tuple[Handle, ...] = ()
    remedy: Remedy | None = None


@dataclass(frozen=True, slots=True)
class ProjectFinding:
    """A project rule's statement about a place of the file that it was asked about."""

    code: str
    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Example:
    """A DAG file that a rule flags, and the same file as it should be; both run as tests.

    A line `# --- dags/load.py` begins a file of that name, where it takes several.
    """

    bad: str
    good: str


class Rule(ABC):
    """A pitfall that dag-lint knows, or one that a team knows of its own.

    The first line of a rule's docstring says what it finds; then come the sections "What happens",
    "What to write" and "Known limits". A class that lacks a part fails when it is defined, not in review.
    A rule of one's own, whose code begins otherwise than with DAG, needs a code, a name and that first line.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    """Completes the sentence "allow ..."."""
    default: ClassVar[Default] = "on"
    severity: ClassVar[Severity] = Severity.WARNING
    fix: ClassVar[Literal["safe", "unsafe"] | None] = None
    """Whether it offers a fix: a safe one leaves the meaning of the DAG, an unsafe one changes what will run."""
    since: ClassVar[str] = ""
    """The version of dag-lint, or of the package that it comes from, that brought the rule."""
    example: ClassVar[Example | None] = None

    def __init_subclass__(cls, *, is_base: bool = False) -> None:
        super().__init_subclass__()
        if is_base:
            return
        ours = str(cls.__dict__.get("code", "")).startswith("DAG")
        for attribute in ("code", "name", "default", "since", "example") if ours else ("code", "name"):
            if attribute not in cls.__dict__:
                raise TypeError(f"{cls.__name__} lacks {attribute}")
        if not _CODE.fullmatch(cls.code):
            raise TypeError(f"{cls.__name__}: {cls.code!r} is no rule code")
        if not _NAME.fullmatch(cls.name):
            raise TypeError(f"{cls.__name__}: {cls.name!r} is no rule name")
        if not (cls.__doc__ or "").strip():
            raise TypeError(f"{cls.__name__}: the docstring does not say what it finds")
        if cls.default not in ("on", "off", "2", "3"):
            raise TypeError(f'{cls.__name__}: default is "on", "off", "2" or "3"')
        if not isinstance(cls.severity, Severity):
            raise TypeError(f"{cls.__name__}: severity is a Severity, such as Severity.ERROR")
        for section in SECTIONS if ours else ():
            if f"{section}\n" not in (cls.__doc__ or ""):
                raise TypeError(f'{cls.__name__}: the docstring lacks the section "{section}"')

    @abstractmethod
    def check(self, file: DagFile) -> Iterator[Finding]:
        """Yield what this rule has to say of a file; a ladder of early exits, silent where it cannot know."""

    def finding(self, where: Handle, message: str, *uses: Handle, remedy: Remedy | None = None) -> Finding:
        """A finding of this rule."""
        return Finding(self.code, where, message, uses, remedy)

    def remedy(self, title: str, *changes: Change) -> Remedy:
        """A remedy of this rule, as safe as the rule's fixes are. `title` says in the imperative what it does."""
        return Remedy(title, self.fix == "safe", changes)


class ProjectRule(Rule, is_base=True):
    """A pitfall that shows beside the other files of a project; documented like every rule.

    `check` says what can be told from the file alone, and flake8 says that too. `check_project` is asked once
    for each file that `dag-lint check` was given, when all files of the project are known.
    """

    def check(self, file: DagFile) -> Iterator[Finding]:
        """Yield nothing, unless the rule knows something from the file alone."""
        return iter(())

    def needs_others(self, file: FileSummary) -> bool:
        """Whether the other files of the project have to be read to judge this one."""
        return True

    @abstractmethod
    def check_project(self, file: FileSummary, project: Project) -> Iterator[ProjectFinding]:
        """Yield what this rule has to say of a file beside the others, silent where it cannot know."""

    def project_finding(self, span: Span, message: str) -> ProjectFinding:
        """A finding of this rule at a place of the file that it was asked about."""
        return ProjectFinding(self.code, span, message)
