from dag_lint.diagnostic import not_analysed
from dag_lint.report.concise import concise, escaped


def test_a_finding_is_flake8s_line_with_columns_from_one():
    assert concise(not_analysed("dags/a.py", "reason", 3, 4)) == "dags/a.py:3:5: DAG000 reason"


def test_a_file_name_stays_on_one_line():
    assert escaped("a\nb.py") == r"a\nb.py"
    assert escaped("매일 a.py") == "매일 a.py"
    assert escaped("a\udcff.py") == r"a\udcff.py"
