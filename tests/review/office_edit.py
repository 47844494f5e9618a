"""Open a Word file in LibreOffice, replace texts as a person would, and save it.

Run by the Python that has LibreOffice's ``uno`` module. Arguments: the file, the new file, a JSON list of
[old, new], 1 to track changes, the URL of a user profile.
"""

import json
import os
import subprocess
import sys
import time
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

PIPE = f"zhengtireview{os.getpid()}"
"""Unique for this process: runs at the same time must not share an office."""


def named(name: str, value: Any) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def desktop() -> Any:
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    for _ in range(240):
        try:
            there = resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
            return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            time.sleep(0.25)
    sys.exit("LibreOffice did not start")


def replace(document: Any, old: str, new: str) -> None:
    search = document.createSearchDescriptor()
    search.SearchString, search.SearchCaseSensitive = old, True
    found = document.findFirst(search)
    if found is None:
        sys.exit(f"not in the document: {old}")
    found.setString(new)


def main() -> None:
    source, target, changes, tracked, profile = sys.argv[1:6]
    options = [f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    office = subprocess.Popen(["soffice", *options, f"--accept=pipe,name={PIPE};urp;"])
    try:
        loader = desktop()
        hidden = named("Hidden", True)
        document = loader.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, (hidden,))
        document.RecordChanges = tracked == "1"
        for old, new in json.loads(changes):
            replace(document, old, new)
        saving = (named("FilterName", "MS Word 2007 XML"),)
        document.storeToURL(uno.systemPathToFileUrl(target), saving)
        document.close(True)
        loader.terminate()
        office.wait(30)
    finally:
        if office.poll() is None:
            office.kill()


main()
