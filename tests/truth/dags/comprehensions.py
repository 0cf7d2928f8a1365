"""Comprehensions of all kinds, nested and filtered, and what they leave behind."""
from datetime import datetime
from itertools import chain as flatten
from itertools import combinations, groupby, islice, product, zip_longest

from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("comprehensions", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    name = "outer"
    grid = {(x, y): EmptyOperator(task_id=f"cell_{x}_{y}") for x in range(2) for y in "ab" if (x, y) != (1, "b")}
    grid[0, "a"] >> [grid[key] for key in grid if key != (0, "a")]
    EmptyOperator(task_id=name)
    rows = [[EmptyOperator(task_id=f"r{i}{j}") for j in range(i)] for i in range(1, 3)]
    for row in rows[1:]:
        rows[0][0] >> row
    every = list(flatten.from_iterable(rows))
    EmptyOperator(task_id=f"every_{len(every)}_{len([t for t in every if t.task_id.endswith('0')])}")
    for left, right in combinations(["p", "q", "r"], 2):
        EmptyOperator(task_id=f"{left}{right}")
    for letter, number in product("xy", [1, 2]):
        EmptyOperator(task_id=f"{letter}{number}")
    words = sorted(["apple", "avocado", "bean", "beet", "corn"])
    for initial, group in groupby(words, key=lambda word: word[0]):
        EmptyOperator(task_id=f"{initial}_{'_'.join(group)}")
    for one, other in zip_longest(["l", "m"], ["n"], fillvalue="z"):
        EmptyOperator(task_id=f"{one}{other}")
    EmptyOperator(task_id="_".join(str(n) for n in islice(range(10), 2, 8, 3)))
    if any(word.startswith("c") for word in words) and not all(len(word) > 4 for word in words):
        EmptyOperator(task_id="tested")
    last = [last := index for index in range(4)][-1]
    EmptyOperator(task_id=f"walrus_{last}")
