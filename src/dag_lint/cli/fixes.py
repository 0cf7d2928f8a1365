"""`--fix`, `--unsafe-fixes` and `--diff`: the fixes of a run's findings, written or shown."""

from __future__ import annotations

import os
import sys
from collections import Counter
from typing import TYPE_CHECKING

from dag_lint.diagnostic import one_line
from dag_lint.report.concise import concise, escaped
from dag_lint.report.summary import number

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterable, Iterator

    from dag_lint.diagnostic import Diagnostic
    from dag_lint.fixing import Fixed
    from dag_lint.inspection import Inspection, Request


def add_options(parser: ArgumentParser) -> None:
    """Declare the options about fixes."""
    group = parser.add_argument_group("fixes")
    group.add_argument(
        "--fix", action="store_true", help="mend in the files what can be mended without changing what runs"
    )
    group.add_argument(
        "--unsafe-fixes", action="store_true", help="with --fix or --diff: mend too what changes what runs"
    )
    group.add_argument(
        "--diff",
        action="store_true",
        help="show what --fix would change and change nothing; exit status 1 if there is something",
    )


class Fixes:
    """The fixes of one run: carries them out, counts them, and says which files it had to leave alone."""

    def __init__(
        self,
        options: Namespace,
        request: Request,
        wanted: Callable[[Inspection], Iterable[Diagnostic]],
    ) -> None:
        """`wanted` are the findings of a file that the run reports: no others are mended."""
        self._request = request
        self._wanted = wanted
        self._unsafe: bool = options.unsafe_fixes
        self._only_shown: bool = options.diff
        self._asked: bool = options.fix or options.diff
        self._fixed: Counter[str] = Counter()
        self._files = 0
        self._refused = False

    def carried_out(self, inspections: Iterable[Inspection]) -> Iterator[Inspection]:
        """What is found in the files afterwards; as it was where no fixes are asked for."""
        for inspection in inspections:
            yield self._mended(inspection) if self._asked else inspection

    def show_diff(self, inspections: Iterable[Inspection]) -> int:
        """Print the difference that the fixes would make, nothing else; the exit status."""
        status = 0
        for inspection in self.carried_out(inspections):
            for diagnostic in inspection.diagnostics:
                if diagnostic.code == "DAG000":
                    status = 2
                    sys.stderr.write(f"{concise(diagnostic)}\n")
        self.say()
        return self.status(status)

    def status(self, found: int = 0) -> int:
        """The exit status of a run whose findings alone would end it with `found`."""
        if self._refused:
            return 2
        return max(found, 1) if self._only_shown and self._files else found

    def say(self) -> None:
        """Tell on stderr, which no program reads, what was done."""
        if not self._asked:
            return
        verb = "would fix" if self._only_shown else "fixed"
        codes = ", ".join(f"{code} ({count})" for code, count in sorted(self._fixed.items()))
        total = self._fixed.total()
        what = f"{number(total, 'finding')} in {number(self._files, 'file')}: {codes}" if total else "nothing"
        sys.stderr.write(f"dag-lint: {verb} {what}\n")

    def _mended(self, inspection: Inspection) -> Inspection:
        from dag_lint.fixing import NotFixedError, fix_file, is_fixable
        from dag_lint.rewriting import NotWrittenError

        if not any(is_fixable(one, unsafe=self._unsafe) for one in self._wanted(inspection)):
            return inspection
        try:
            fixed = fix_file(inspection, self._request, self._wanted, unsafe=self._unsafe)
            if fixed.after != fixed.before:
                self._keep(inspection.path, fixed)
        except (NotFixedError, NotWrittenError) as error:
            self._complain(inspection.path, f"the file is left as it is: {error}")
            return inspection
        for code in fixed.spoiled:
            self._complain(inspection.path, f"the fix of {code} would break the file and is left out")
        return fixed.inspection

    def _keep(self, path: str, fixed: Fixed) -> None:
        if self._only_shown:
            from dag_lint.report.diff import diff
            from dag_lint.report.style import style_for

            # Git takes no path with a "./".
            shown = os.path.normpath(path)
            sys.stdout.write(diff(shown, fixed.before, fixed.after, style_for(sys.stdout)))
        else:
            from dag_lint.rewriting import replace_file

            replace_file(path, fixed.before, fixed.after)
        self._files += 1
        self._fixed.update(one.code for one in fixed.applied)

    def _complain(self, path: str, text: str) -> None:
        self._refused = True
        sys.stderr.write(f"dag-lint: {escaped(path)}: {one_line(text)}\n")
