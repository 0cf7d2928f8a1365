"""How Airflow is configured beside the DAGs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from dag_lint.deployment import deployment_settings

if TYPE_CHECKING:
    from pathlib import Path

CATCHUP = "AIRFLOW__SCHEDULER__CATCHUP_BY_DEFAULT"
ZONE = "AIRFLOW__CORE__DEFAULT_TIMEZONE"


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("docker-compose.yaml", f'  environment:\n    {CATCHUP}: "false"\n', {"catchup_by_default": False}),
        ("docker-compose.yml", f"    - {CATCHUP}=True\n", {"catchup_by_default": True}),
        ("compose.yaml", f"    - '{ZONE}=Asia/Seoul'\n", {"default_timezone": "Asia/Seoul"}),
        ("compose.yml", f'    "{ZONE}": Asia/Seoul # ours\n', {"default_timezone": "Asia/Seoul"}),
        ("Dockerfile", f"FROM x\nENV {ZONE} Asia/Seoul\n", {"default_timezone": "Asia/Seoul"}),
        ("Dockerfile", f"ENV A=b \\\n    {ZONE}=utc\n", {"default_timezone": "UTC"}),
        (".env", f"export {CATCHUP}=0\r\n", {"catchup_by_default": False}),
        (".env", "AIRFLOW__SCHEDULER__CREATE_CRON_DATA_INTERVALS=t", {"create_cron_data_intervals": True}),
        (
            "airflow.cfg",
            (
                "[core]\ndefault_timezone = Asia/Seoul\n[scheduler]\ncatchup_by_default = False\n"
                "create_delta_data_intervals: true\n"
            ),
            {
                "default_timezone": "Asia/Seoul",
                "catchup_by_default": False,
                "create_delta_data_intervals": True,
            },
        ),
        ("airflow.cfg", "[other]\ncatchup_by_default = False\n# default_timezone = Asia/Seoul\n", {}),
        ("docker-compose.yaml", f"    {ZONE}:\n      OTHER: x\n", {}),
        ("docker-compose.yaml", f"    {CATCHUP}: ${{CATCHUP:-false}}\n", {}),
        ("docker-compose.yaml", f"    # {CATCHUP}: false\n", {}),
        ("docker-compose.yaml", "    AIRFLOW__CORE__CATCHUP_BY_DEFAULT: false\n", {}),
        ("docker-compose.yaml", f"    {CATCHUP}: maybe\n    {ZONE}: system\n", {}),
        (".env", f"{ZONE}=Mars/Olympus\n{ZONE}=../../etc\n", {}),
        (".env", "\n" * 200_000 + f"{CATCHUP}=false", {"catchup_by_default": False}),
        (".env", " " * 200_000, {}),
        (".env", "\0\udcff" * 10, {}),
        (".env", f"{CATCHUP}=false\n" + "x" * 300_000, {}),
    ],
)
def test_what_a_file_says(tmp_path: Path, name: str, text: str, found: dict[str, object]) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
    assert deployment_settings(tmp_path, tmp_path) == found


def test_a_variable_counts_more_than_the_configuration_file(tmp_path: Path) -> None:
    (tmp_path / "airflow.cfg").write_text("[scheduler]\ncatchup_by_default = True\n", encoding="utf-8")
    (tmp_path / ".env").write_text(f"{CATCHUP}=False\n", encoding="utf-8")
    assert deployment_settings(tmp_path, tmp_path) == {"catchup_by_default": False}


def test_the_nearest_folder_wins_for_each_setting(tmp_path: Path) -> None:
    dags = tmp_path / "team" / "dags"
    dags.mkdir(parents=True)
    (tmp_path / ".env").write_text(f"{CATCHUP}=True\n{ZONE}=Asia/Seoul\n", encoding="utf-8")
    (tmp_path / "team" / ".env").write_text(f"{CATCHUP}=False\n", encoding="utf-8")
    assert deployment_settings(dags, tmp_path) == {
        "catchup_by_default": False,
        "default_timezone": "Asia/Seoul",
    }
    assert deployment_settings(dags, tmp_path / "team") == {"catchup_by_default": False}
    assert deployment_settings(dags, dags) == {}
    assert deployment_settings(dags, tmp_path / "elsewhere") == {}


def test_what_is_no_regular_file_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".env")
    (tmp_path / "airflow.cfg").mkdir()
    (tmp_path / "Dockerfile").symlink_to(tmp_path / "Dockerfile")
    assert deployment_settings(tmp_path, tmp_path) == {}
