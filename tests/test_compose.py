import pytest

from dag_lint.compose import bind_mounts


def mounts(text):
    return bind_mounts(text.encode())


def test_short_and_long_syntax():
    assert mounts(
        """
services:
  scheduler:
    volumes:
      - ./plugins:/opt/airflow/plugins
      - ./sql:/opt/airflow/sql:ro
      - type: bind
        source: ./scripts
        target: /opt/scripts/
"""
    ) == [
        ("./plugins", "/opt/airflow/plugins"),
        ("./sql", "/opt/airflow/sql"),
        ("./scripts", "/opt/scripts"),
    ]


def test_the_official_file_merges_its_volumes_and_gives_defaults():
    assert mounts(
        """
x-airflow-common: &common
  volumes:
    - ${AIRFLOW_PROJ_DIR:-.}/dags:/opt/airflow/dags
services:
  worker:
    <<: *common
  scheduler:
    <<: *common
"""
    ) == [("./dags", "/opt/airflow/dags")]


@pytest.mark.parametrize(
    "volume",
    [
        "data:/var/lib/data",
        "/home/me/dags:/opt/airflow/dags",
        "$DAGS:/opt/airflow/dags",
        "./${NAME}:/opt/airflow/dags",
        "./dags",
        "5",
        "{type: volume, source: data, target: /data}",
        "{type: bind, source: [x], target: /data}",
        "{type: bind, source: ./x, target: '${HERE}'}",
    ],
)
def test_what_names_no_folder_of_the_project_is_left_out(volume):
    assert mounts(f"services: {{a: {{volumes: [{volume!r}]}}}}".replace("'{", "{").replace("}'", "}")) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "services:",
        "services: [a]",
        "services: {a: b, c: {volumes: x}}",
        "services: !!python/object:os.system {}",
        "a: &a [*a]\nservices: *a",
        "? [1]\n: 2",
        "[" * 5000,
        "\x00",
    ],
)
def test_strange_files_mount_nothing(text):
    assert mounts(text) == []


def test_merge_keys_that_multiply_are_given_up():
    levels = ["l0: &l0 {" + ", ".join(f"k{number}: 1" for number in range(20)) + "}"]
    levels += [f"l{n}: &l{n}\n  <<: [" + ", ".join([f"*l{n - 1}"] * 9) + "]" for n in range(1, 30)]
    levels += ["services: {a: {volumes: ['./a:/a']}}"]
    assert mounts("\n".join(levels)) == []
    assert mounts("a: &a {k: 1}\nb:\n  <<: [" + ", ".join(["*a"] * 200) + "]\n") == []
