"""The clients, by the names that `python -m integration` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integration.clients import (
    beside,
    emacs,
    flake8_forms,
    github_action,
    pipelines,
    pre_commit,
    pylsp,
    vim,
    vscode,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from integration.workshop import Workshop

    # Drives one client; says in a few words what it saw.
    Check = Callable[[Workshop], str]

CLIENTS: dict[str, Check] = {
    "flake8-newest": flake8_forms.newest,
    "flake8-oldest": flake8_forms.oldest,
    "flake8-stdin": flake8_forms.stdin,
    "flake8-neighbours": flake8_forms.neighbours,
    "vscode": vscode.check,
    "pylsp": pylsp.check,
    "vim": vim.vim,
    "neovim": vim.neovim,
    "flycheck": emacs.flycheck,
    "flymake": emacs.flymake,
    "pre-commit-try-repo": pre_commit.try_repo,
    "pre-commit-fix": pre_commit.fixing_hook,
    "pre-commit-own-hook": pre_commit.own_hook,
    "pre-commit-flake8-hook": pre_commit.flake8_hook,
    "github-action": github_action.check,
    "ci": pipelines.any_system,
    "gitlab": pipelines.gitlab,
    "azure": pipelines.azure,
    "ruff": beside.ruff,
    "flake8-noqa": beside.noqa,
    "bugbear-B018": beside.bugbear,
    "pylint-W0104": beside.pylint,
}
