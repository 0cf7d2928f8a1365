"""Vim and Neovim with ALE, without a screen, set up with the lines of the page on editors."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from integration import debian
from integration.samples import CODE, COLUMN, LINE, dag_file, documented
from integration.workshop import FailedError

if TYPE_CHECKING:
    from pathlib import Path

    from integration.workshop import Workshop

# ALE works in the background: we look at what it has found until it is what we wait for. A minute is the end.
SCRIPT = """\
set nocompatible
{documented}
packadd ale

function! Found(line) abort
  return map(copy(getloclist(0)), '[v:val.lnum, v:val.col, v:val.text, v:val.type]')
endfunction

function! Await(some) abort
  ALELint
  for l:round in range(600)
    sleep 100m
    if empty(getloclist(0)) != a:some | break | endif
  endfor
  return Found(0)
endfunction

function! Drive() abort
  let l:seen = {{'opened': Await(1)}}
  call setline({line}, '    schedule="0 */3 * * *",')
  let l:seen.changed = Await(0)
  call writefile([json_encode(l:seen)], '{result}')
endfunction
"""


def vim(workshop: Workshop) -> str:
    """Vim 8 or newer."""
    debian.packages(workshop, "vim", "vim-ale")
    # -es is Ex mode without a screen; -N, as it starts compatible with vi where no vimrc is found.
    return _drive(workshop, "vim", ["-N", "-es", "-i", "NONE"])


def neovim(workshop: Workshop) -> str:
    """Neovim."""
    debian.packages(workshop, "neovim", "vim-ale")
    return _drive(workshop, "nvim", ["--headless", "-i", "NONE"])


def _drive(workshop: Workshop, editor: str, arguments: list[str]) -> str:
    """The finding is in the location list, and gone with the text that is right, though nothing was saved."""
    if not shutil.which(editor):
        raise FailedError(f"{editor} is installed, and not on the PATH")
    environment = workshop.environment("plain")
    project = workshop.folder(editor)
    path = dag_file(project)
    script, result = project / "init.vim", project / "seen.json"
    script.write_text(
        SCRIPT.format(documented=documented("editors.md", "vim"), line=LINE, result=result), encoding="utf-8"
    )
    command: list[str | Path] = [editor, *arguments, "-u", script, path, "-c", "call Drive()", "-c", "qa!"]
    done = workshop.run(command, project, variables=workshop.variables(environment), seconds=180)
    if not result.exists():
        raise FailedError(f"{done.command} saw nothing:\n{done.stdout}{done.stderr}")
    seen = json.loads(result.read_text(encoding="utf-8"))
    opened, changed = seen["opened"], seen["changed"]
    if [one[:2] for one in opened] != [[LINE, COLUMN]] or CODE not in opened[0][2] or changed:
        raise FailedError(f"its location list is {opened}, and {changed} after the change")
    version = workshop.run([editor, "--version"]).stdout.splitlines()[0].split(" (")[0]
    return f"{version} with ALE lists {CODE}, and drops it with the change"
