"""What rules may know of the other files of a project: summaries, and which files share a dags folder.

Plain data and look-ups; who reads the files is `indexing.py`.
"""

from dag_lint.project.index import Project
from dag_lint.project.summary import DagSummary, FileSummary, SensorSummary, Spot

__all__ = ["DagSummary", "FileSummary", "Project", "SensorSummary", "Spot"]
