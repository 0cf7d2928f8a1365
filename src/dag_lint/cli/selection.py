"""Which rules a run reports: --select, --extend-select and --ignore."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dag_lint.settings import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Selection:
    """Beginnings of codes. The longest one that fits a code decides, and --ignore where two are as long."""

    select: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def admits(self, code: str) -> bool:
        """Whether a finding is to be reported. What could not be done is, unless its very code is ignored."""
        if code == "DAG000":
            return code not in self.ignore
        chosen = (*self.select, *self.extend) if self.select else ("", *self.extend)
        return _longest(chosen, code) > _longest(self.ignore, code)

    def switched_on(self) -> frozenset[str]:
        """The opt-in rules that are wanted: `--select DAG` only means all that are on anyway."""
        return frozenset(code for code in (*self.select, *self.extend) if code[-1].isdigit())

    def unknown(self, codes: Iterable[str]) -> str | None:
        """What is wrong with a selection that fits no rule: it would keep a gate open for ever."""
        known = ["DAG000", *codes]
        for wanted in (*self.select, *self.extend, *self.ignore):
            if not any(code.startswith(wanted) for code in known):
                return f'there is no rule whose code begins with "{wanted}"{did_you_mean(wanted, known)}'
        return None


def codes(text: str) -> tuple[str, ...]:
    """The codes, or beginnings of codes, in the text of an option."""
    found = tuple(code for code in re.split(r"[,\s]+", text) if code)
    for code in found:
        if not re.fullmatch(r"[A-Z]{1,3}[0-9]{0,3}", code, re.ASCII):
            raise ArgumentTypeError(
                f'"{code[:40]}": write the code of a rule, or its beginning, as in DAG101 or DAG3'
            )
    return found


def _longest(beginnings: Iterable[str], code: str) -> int:
    return max((len(beginning) for beginning in beginnings if code.startswith(beginning)), default=-1)
