"""python -m dag_lint."""

import sys

from dag_lint.cli import main

sys.exit(main())
