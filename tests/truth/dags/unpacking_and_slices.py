"""Unpacking, starred targets, slices with steps, swaps, in-place changes of lists."""
from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

names = ["a", "b", "c", "d", "e", "f"]
names[1:3] = ["x", "y", "z"]
del names[0], names[-1]
names.insert(1, "ins")
names.remove("y")
names += ["g"]
names.sort(reverse=True)
first, *middle, last = names
(one, two), three = (first, last), middle[0]
one, two = two, one

with DAG("unpacking", start_date=datetime(2024, 1, 1), schedule=None):
    tasks = [EmptyOperator(task_id=name) for name in names]
    EmptyOperator(task_id=f"ends_{one}_{two}_{three}_{len(middle)}")
    start, *rest = tasks
    start >> rest[::2]
    start >> rest[-1:]
    a, b = tasks[:2]
    EmptyOperator(task_id=f"popped_{names.pop()}_{names.pop(0)}_{len(names)}")
    matrix = [[0] * 2] * 2
    matrix[0][0] = 1
    EmptyOperator(task_id="matrix_" + "".join(str(cell) for row in matrix for cell in row))
    pairs = [(1, "p"), (2, "q")]
    for number, (index, letter) in enumerate(pairs, start=5):
        EmptyOperator(task_id=f"{letter}{index}{number}")
    numbers, letters = zip(*pairs)
    EmptyOperator(task_id="zip_" + "".join(letters) + str(sum(numbers)))
