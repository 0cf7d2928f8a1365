"""Wiring inside of loops, with lists that grow and tasks that are looked up."""
from datetime import datetime
from itertools import pairwise

from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

GRAPH = {"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": [], "e": ["a"]}

with DAG("chained_in_loops", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    made = {name: EmptyOperator(task_id=name) for name in GRAPH}
    for name, after in GRAPH.items():
        made[name] >> [made[one] for one in after]
    ends = [made[name] for name, after in GRAPH.items() if not after]
    ends >> EmptyOperator(task_id="all_done")
    layers, current = [], [made["d"]]
    for depth in range(3):
        layers.append(current)
        current = [EmptyOperator(task_id=f"layer{depth}_{i}") for i in range(depth + 1)]
        for one in layers[-1]:
            for other in current:
                one >> other
    for one, other in pairwise([EmptyOperator(task_id=f"p{i}") for i in range(3)]):
        one >> other
    queue = list(made)
    seen = []
    while queue:
        name = queue.pop(0)
        if name in seen:
            continue
        seen.append(name)
        queue.extend(GRAPH[name])
    EmptyOperator(task_id="order_" + "".join(seen))
    dag.get_task("all_done") >> EmptyOperator(task_id="looked_up")
    join = EmptyOperator(task_id="join")
    tail = [EmptyOperator(task_id=f"tail{i}") for i in range(3)]
    tail[0] >> [tail[1], tail[2]] >> join
