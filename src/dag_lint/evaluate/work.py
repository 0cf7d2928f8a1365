"""Work that no expression pays for: values that are looked at one by one inside of a single step."""

from __future__ import annotations

VALUES_A_STEP = 5
"""So many values are looked at in the time that an expression takes."""


class Work:
    """How much was done since the last payment. Whoever reads a collection adds to it; a machine pays with fuel."""

    __slots__ = ("values",)

    def __init__(self) -> None:
        self.values = 0

    def steps(self) -> int:
        """The steps to be paid now; what is left over stays."""
        steps, self.values = divmod(self.values, VALUES_A_STEP)
        return steps


WORK = Work()
"""One for all: most of what reads collections knows no machine. A new machine sets it to nothing."""
