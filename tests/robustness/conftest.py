"""Running hostile input where it can do no harm: in a process with little time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

PRELUDE = f"""
import json, resource, sys, warnings
resource.setrlimit(resource.RLIMIT_CPU, (90, 90))
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
warnings.simplefilter("ignore")
sys.path.insert(0, {str(HERE)!r})
"""


@pytest.fixture(scope="module")
def confined():
    """confined(program, data) -> what it leaves in `answer`; the program finds the data in `data`."""

    def run(program: str, data: object = None) -> Any:
        code = f"{PRELUDE}\ndata = json.load(sys.stdin)\n{program}\nsys.stdout.write(json.dumps(answer))"
        done = subprocess.run(
            [sys.executable, "-c", code], input=json.dumps(data), capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)

    return run
