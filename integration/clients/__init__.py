"""The clients, by the names that `python -m integration` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integration.clients import emacs, flake8_forms, pylsp, vim, vscode

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
}
