"""python-lsp-server, driven over stdio as an editor does, with the settings of the page on editors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from integration.language_server import LanguageServer, Message
from integration.samples import CODE, COLUMN, LINE, MESSAGE, RIGHT, WRONG, dag_file, documented
from integration.workshop import FailedError, version_of

if TYPE_CHECKING:
    from integration.workshop import Workshop


def check(workshop: Workshop) -> str:
    """A finding when the document is opened, none any more when the text is right, saved or not."""
    environment = workshop.environment("pylsp", "python-lsp-server")
    project = workshop.folder("pylsp")
    path = dag_file(project)
    settings = json.loads(documented("editors.md", "pylsp"))
    with LanguageServer([environment / "bin" / "pylsp"], project, workshop.variables(environment)) as server:
        server.request("initialize", {"processId": None, "rootUri": project.as_uri(), "capabilities": {}})
        server.notify("initialized", {})
        server.notify("workspace/didChangeConfiguration", {"settings": settings})
        document = {"uri": path.as_uri(), "languageId": "python", "version": 1, "text": WRONG}
        server.notify("textDocument/didOpen", {"textDocument": document})
        (found,) = server.diagnostics(path.as_uri(), lambda all_found: CODE in codes(all_found))
        start = found["range"]["start"]
        if (start["line"], start["character"]) != (LINE - 1, COLUMN - 1) or MESSAGE not in found["message"]:
            raise FailedError(f"the finding is misplaced: {found}")
        changed = {"uri": path.as_uri(), "version": 2}
        server.notify(
            "textDocument/didChange", {"textDocument": changed, "contentChanges": [{"text": RIGHT}]}
        )
        server.diagnostics(path.as_uri(), lambda all_found: not all_found)
    return (
        f"{version_of(workshop, environment, 'python-lsp-server')} shows {CODE}, and drops it with the change"
    )


def codes(found: list[Message]) -> list[str]:
    """The codes of diagnostics."""
    return [str(one.get("code")) for one in found]
