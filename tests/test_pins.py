import pytest

from dag_lint.pins import parse_specifier, pins_in_images, pins_in_pyproject, pins_in_requirements


def versions(pins):
    return [(pin.major, pin.version) for pin in pins]


@pytest.mark.parametrize(
    ("specifier", "meaning"),
    [
        ("==2.10.5", (2, "2.10.5")),
        ("===2.10.5", (2, "2.10.5")),
        ("==3.0.0rc1", (3, "3.0.0rc1")),
        ("==2.10.5+composer", (2, "2.10.5")),
        ("==2.10.*", (2, "2.10")),
        (">=2.8,<3", (2, None)),
        (">=2.8, <3.0.0", (2, None)),
        (" >= 3.0 ", (3, None)),
        ("<3.0", (2, None)),
        ("<=2.11", (2, None)),
        ("<2.5", (2, None)),
        ("~=2.10", (2, None)),
        ("~=2.10.1", (2, None)),
        ("^2.10", (2, None)),
        ("~2.10", (2, None)),
        ("^3.1.0", (3, None)),
        (">=2.8,!=2.9.0,<3", (2, None)),
    ],
)
def test_a_specifier_that_admits_one_major_version(specifier, meaning):
    assert parse_specifier(specifier) == meaning


@pytest.mark.parametrize(
    "specifier",
    [">=2.8", ">2.11", "<4", "!=3.0", "*", "", "==1.10.15", "<2.0", "<=1.10", "latest", "2.x", ">=2.8,,"],
)
def test_a_specifier_that_admits_both_or_none_means_nothing(specifier):
    assert parse_specifier(specifier) is None


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("apache-airflow==2.10.5", (2, "2.10.5")),
        ("apache-airflow[celery, postgres]==2.10.5 ; python_version < '3.12'", (2, "2.10.5")),
        ("  Apache_Airflow == 2.10.5  # pinned", (2, "2.10.5")),
        ("apache.airflow==2.10.5 \\", (2, "2.10.5")),
        ("apache-airflow (==2.10.5)", (2, "2.10.5")),
        ("apache-airflow-core>=3.0,<4", (3, None)),
        ("-c https://example.org/apache/airflow/constraints-2.9.3/constraints-3.11.txt", (2, "2.9.3")),
    ],
)
def test_a_requirement_that_pins(line, meaning):
    assert versions(pins_in_requirements(f"requests==3.0\n{line}\n")) == [meaning]


@pytest.mark.parametrize(
    "line",
    [
        "apache-airflow",
        "apache-airflow>=2.8",
        "# apache-airflow==2.10.5",
        "apache-airflow-providers-standard==2.0",
        "my-apache-airflow==2.0",
        "apache-airflow @ git+https://example.org/airflow@3.0",
        "# see apache/airflow/constraints-2.9.3/constraints-3.11.txt",
    ],
)
def test_a_requirement_that_pins_nothing(line):
    assert versions(pins_in_requirements(line)) == []


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("FROM apache/airflow:2.10.5", (2, "2.10.5")),
        ("FROM apache/airflow:2.10.5-python3.11 AS base", (2, "2.10.5")),
        ("FROM docker.io/apache/airflow:slim-3.0.1", (3, "3.0.1")),
        ("FROM apache/airflow:3.0.0rc1-python3.12", (3, "3.0.0rc1")),
        ("ARG AIRFLOW_VERSION=2.9.1\nFROM apache/airflow:${AIRFLOW_VERSION}", (2, "2.9.1")),
        ("ARG V='2.9.1'\nFROM apache/airflow:$V-python3.11", (2, "2.9.1")),
        ("    image: ${AIRFLOW_IMAGE_NAME:-apache/airflow:2.10.5}", (2, "2.10.5")),
        ("    image: apache/airflow:${AIRFLOW_VERSION:-2.7.0}", (2, "2.7.0")),
        ('    image: "apache/airflow:2.7.0"  # apache/airflow:3.0.0', (2, "2.7.0")),
        ("    image: apache/airflow:2.7.0@sha256:1234", (2, "2.7.0")),
    ],
)
def test_an_image_that_pins(text, meaning):
    assert versions(pins_in_images(text)) == [meaning]


@pytest.mark.parametrize(
    "text",
    [
        "FROM apache/airflow",
        "FROM apache/airflow:latest",
        "FROM apache/airflow:latest-python3.11",
        "FROM apache/airflow:${AIRFLOW_VERSION}",
        "FROM company/airflow:2.10.5",
        "FROM registry.example.org/apache/airflow:2.10.5",
        "FROM my-apache/airflow:2.10.5",
        "  # image: apache/airflow:2.10.5",
        "FROM apache/airflow-tools:2.10.5",
    ],
)
def test_an_image_that_says_nothing(text):
    assert versions(pins_in_images(text)) == []


@pytest.mark.parametrize(
    "toml",
    [
        '[project]\ndependencies = ["requests", "apache-airflow==2.10.5"]',
        '[project.optional-dependencies]\nrun = ["apache-airflow==2.10.5"]',
        '[dependency-groups]\ndev = [{include-group = "x"}, "apache-airflow==2.10.5"]',
        '[tool.poetry.dependencies]\napache-airflow = "2.10.5"',
        '[tool.poetry.dependencies]\napache-airflow = {version = "2.10.5", extras = ["celery"]}',
        '[tool.poetry.group.dev.dependencies]\napache-airflow = "2.10.5"',
    ],
)
def test_a_project_that_pins(toml):
    assert versions(pins_in_pyproject(toml)) == [(2, "2.10.5")]


@pytest.mark.parametrize(
    "toml",
    [
        "",
        'x = "airflow',
        'project = "airflow"',
        '[project]\ndependencies = "airflow"',
        "[tool.poetry.dependencies]\napache-airflow = 3",
        '[tool.poetry]\ngroup = "airflow"',
        '[tool]\npoetry = "airflow"',
    ],
)
def test_a_project_that_pins_nothing_or_is_broken(toml):
    assert versions(pins_in_pyproject(toml)) == []


def test_a_pin_is_told_in_its_own_words():
    assert [pin.words for pin in pins_in_requirements("apache-airflow[x] ==2.10.5")] == [
        "apache-airflow==2.10.5"
    ]
    assert [pin.words for pin in pins_in_images("FROM apache/airflow:2.10.5-python3.11")] == [
        "apache/airflow:2.10.5"
    ]


@pytest.mark.parametrize(
    "piece", ["\n", " ", "#", "[", "apache-airflow[", "apache/airflow:", "ARG ", "$", "(", "="]
)
def test_hostile_files_are_read_to_their_end(piece):
    # Whoever makes a pattern quadratic waits here for minutes.
    text = piece * (256_000 // len(piece))
    assert versions(pins_in_requirements(text)) == versions(pins_in_images(text)) == []
