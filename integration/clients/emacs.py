"""Emacs without a screen, with flycheck and with flymake, set up with the lines of the page on editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integration import debian
from integration.samples import CODE, COLUMN, LINE, MESSAGE, RIGHT, dag_file, documented
from integration.workshop import FailedError

if TYPE_CHECKING:
    from pathlib import Path

    from integration.workshop import Workshop

# Both checkers work in the background. We look until they have found what we wait for; a minute is the end.
WAIT = """\
(defun await (some found)
  (let ((rounds 0))
    (while (and (< rounds 600) (not (eq some (and (funcall found) t))))
      (accept-process-output nil 0.1)
      (setq rounds (1+ rounds)))
    (funcall found)))
(defun tell (when found)
  (princ (format "%s %s\\n" when (mapconcat #'identity found " | "))))
(defun change ()
  (erase-buffer)
  (insert {right}))
"""

FLYCHECK = """\
(defun found ()
  (mapcar (lambda (err) (format "%s:%s %s %s %s" (flycheck-error-line err) (flycheck-error-column err)
                                (flycheck-error-level err) (flycheck-error-id err) (flycheck-error-message err)))
          flycheck-current-errors))
(find-file "{path}")
(unless flycheck-mode (error "flycheck-mode is off"))
(flycheck-buffer)
(tell "opened" (await t #'found))
(change)
(flycheck-buffer)
(tell "changed" (await nil #'found))
"""

FLYMAKE = """\
(defun found ()
  (mapcar (lambda (one) (save-excursion
                          (goto-char (flymake-diagnostic-beg one))
                          (format "%s:%s %s %s" (line-number-at-pos) (1+ (current-column))
                                  (substring (symbol-name (flymake-diagnostic-type one)) 1)
                                  (flymake-diagnostic-text one))))
          (flymake-diagnostics)))
(find-file "{path}")
(unless flymake-mode (error "flymake-mode is off"))
(flymake-start)
(tell "opened" (await t #'found))
(change)
(flymake-start)
(tell "changed" (await nil #'found))
"""


# Where mypy or pylint are on the PATH, flycheck lets them speak after flake8: they are no guests of ours.
ONLY_FLAKE8 = (
    "(setq-default flycheck-disabled-checkers '(python-mypy python-pylint python-pyright python-pycompile))\n"
)


def flycheck(workshop: Workshop) -> str:
    """Flycheck finds the flake8 of the PATH."""
    debian.packages(workshop, "emacs-nox", "elpa-flycheck")
    return _drive(workshop, "flycheck", FLYCHECK)


def flymake(workshop: Workshop) -> str:
    """Flymake, which comes with Emacs."""
    debian.packages(workshop, "emacs-nox")
    return _drive(workshop, "flymake", FLYMAKE)


def _drive(workshop: Workshop, checker: str, script: str) -> str:
    """The finding is shown as a warning where it is, and gone with the text that is right."""
    environment = workshop.environment("plain")
    project = workshop.folder(checker)
    path = dag_file(project)
    lisp = project / "init.el"
    right = '"' + RIGHT.replace("\\", "\\\\").replace('"', '\\"') + '"'
    lines = [
        ONLY_FLAKE8,
        documented("editors.md", checker),
        WAIT.format(right=right),
        script.format(path=path),
    ]
    lisp.write_text("".join(lines), encoding="utf-8")
    # Not -Q: Debian's packages are found by the site's own start file.
    command: list[str | Path] = ["emacs", "--batch", "--no-init-file", "--load", lisp]
    done = workshop.run(command, project, variables=workshop.variables(environment), seconds=180).ended_with(
        0
    )
    lines = done.stdout.splitlines()
    shown = dict(line.split(" ", 1) for line in lines if line.startswith(("opened", "changed")))
    opened = shown.get("opened", "")
    if not opened.startswith(f"{LINE}:{COLUMN} warning ") or CODE not in opened or MESSAGE not in opened:
        raise FailedError(f"it shows {opened!r}\n{done.stdout}{done.stderr}")
    if "|" in opened or shown.get("changed", "nothing").strip():
        raise FailedError(f"it shows too much:\n{done.stdout}{done.stderr}")
    version = workshop.run(["emacs", "--version"]).stdout.splitlines()[0]
    return f"{version} shows {CODE} as a warning, and drops it with the change"
