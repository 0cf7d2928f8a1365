"""`--fix`, `--unsafe-fixes` and `--diff`: fixes of a run's findings, written or shown."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from dag_lint.diagnostic import one_line
from dag_lint.fixing import NotFixedError, fix_file, is_fixable
from dag_lint.report.concise import escaped
from dag_lint.report.diff import diff
from dag_lint.rewriting import NotWrittenError, replace_file

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterable, Iterator

    from dag_lint.diagnostic import Diagnostic
    from dag_lint.fixing import Fixed
    from dag_lint.inspection import Inspection, Request


def add_options(parser: ArgumentParser) -> None:
    """Declare the options about fixes."""
    group = parser.add_argument_group("fixes")
    group.add_argument("--fix", action="store_true", help="mend what can be mended without changing what runs")
    group.add_argument(
        "--unsafe-fixes", action="store_true", help="with --fix or --diff: fixes too that change what runs"
    )
    group.add_argument(
        "--diff", action="store_true", help="show what --fix would change, and change nothing"
    )


class Fixes:
    """The fixes of one run: carries them out, counts them, and knows which files it had to leave alone."""

    def __init__(
        self,
        options: Namespace,
        request: Request,
        wanted: Callable[[Inspection], Iterable[Diagnostic]],
    ) -> None:
        """`wanted` are the findings of a file that the run reports: no others are mended."""
        self.unsafe: bool = options.unsafe_fixes
        self.only_shown: bool = options.diff
        self._asked = options.fix or options.diff
        self._request = request
        self._wanted = wanted
        self.refused = 0
        """Files that have fixes and could not be changed."""
        self._fixed: Counter[str] = Counter()
        self._files = 0

    @property
    def number(self) -> int:
        """How many findings were mended, or would be."""
        return self._fixed.total()

    def carried_out(self, inspections: Iterable[Inspection]) -> Iterator[Inspection]:
        """What is found in the files afterwards; as it was where no fixes are asked for."""
        for inspection in inspections:
            yield self._fixed_file(inspection) if self._asked else inspection

    def _fixed_file(self, inspection: Inspection) -> Inspection:
        if not any(is_fixable(one, unsafe=self.unsafe) for one in self._wanted(inspection)):
            return inspection
        try:
            fixed = fix_file(inspection, self._request, self._wanted, unsafe=self.unsafe)
            if fixed.after != fixed.before:
                self._keep(inspection.path, fixed)
        except (NotFixedError, NotWrittenError) as error:
            self.refused += 1
            _complain(f"{escaped(inspection.path)} is left as it is: {error}")
            return inspection
        for code in fixed.spoiled:
            _complain(f"{escaped(inspection.path)}: the fix of {code} would break the file and was left out")
        return fixed.inspection

    def _keep(self, path: str, fixed: Fixed) -> None:
        if self.only_shown:
            sys.stdout.write(diff(path, fixed.before, fixed.after, coloured=False))
        else:
            replace_file(path, fixed.before, fixed.after)
        self._files += 1
        self._fixed.update(one.code for one in fixed.applied)

    def summary(self) -> str:
        """What was done, in a sentence; nothing where nothing was asked for."""
        if not self._asked:
            return ""
        verb = "Would fix" if self.only_shown else "Fixed"
        if not self.number:
            return f"{verb} nothing"
        codes = ", ".join(f"{code} ({number})" for code, number in sorted(self._fixed.items()))
        return f"{verb} {_count(self.number, 'finding')} in {_count(self._files, 'file')}: {codes}"


def fixable_words(diagnostics: Iterable[Diagnostic], *, unsafe: bool) -> str:
    """How many of the findings could be mended, and how; nothing when none could."""
    found = list(diagnostics)
    now = sum(is_fixable(one, unsafe=unsafe) for one in found)
    more = sum(is_fixable(one, unsafe=True) for one in found) - now
    options = "--fix --unsafe-fixes" if unsafe else "--fix"
    if not now:
        return f"{more} of {len(found)} fixable with --fix --unsafe-fixes" if more else ""
    hidden = f", {more} more with --unsafe-fixes" if more else ""
    return f"{now} of {len(found)} fixable with {options}{hidden}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _complain(text: str) -> None:
    sys.stderr.write(f"dag-lint: {one_line(text, 400)}\n")
