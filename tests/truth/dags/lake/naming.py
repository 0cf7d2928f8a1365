PREFIX = "lake_"


def dag_id(name):
    return PREFIX + name.lower()
