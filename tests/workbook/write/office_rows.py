"""Show hidden rows and insert one in LibreOffice by its menu commands, and print what came of it as JSON.

Run by the Python that has LibreOffice's ``uno`` module. Arguments: the workbook, the sheet, the URL of a user profile.
"""

import json
import os
import subprocess
import sys
import time
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

PIPE = f"zhengtirows{os.getpid()}"
ROWS = 300


def desktop_and_commands() -> tuple[Any, Any]:
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    for _ in range(240):
        try:
            there = resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            time.sleep(0.25)
            continue
        services = ("com.sun.star.frame.Desktop", "com.sun.star.frame.DispatchHelper")
        desktop, commands = (there.ServiceManager.createInstanceWithContext(name, there) for name in services)
        return desktop, commands
    sys.exit("LibreOffice did not start")


def named(name: str, value: Any) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def work(document: Any, commands: Any, title: str) -> dict[str, int]:
    sheet, frame = document.Sheets.getByName(title), document.CurrentController.Frame
    document.CurrentController.setActiveSheet(sheet)

    def hidden() -> list[int]:
        return [row for row in range(1, ROWS) if not sheet.Rows.getByIndex(row - 1).IsVisible]

    def command(rows: str, name: str) -> None:
        commands.executeDispatch(frame, ".uno:GoToCell", "", 0, (named("ToPoint", rows),))
        commands.executeDispatch(frame, name, "", 0, ())

    first, last = hidden()[0], hidden()[-1]
    found = {"hidden": len(hidden())}
    sheet.getCellByPosition(1, first - 2).String = "标记"
    command(f"{first - 1}:{first - 1}", ".uno:InsertRowsBefore")
    found["moved"] = next(r for r in range(ROWS) if sheet.getCellByPosition(1, r).String == "标记") - (
        first - 2
    )
    sheet.unprotect("")
    found["protected"] = int(sheet.isProtected())
    command(f"{first}:{last + 2}", ".uno:ShowRow")
    found["hidden after showing"] = len(hidden())
    return found


def main() -> None:
    source, title, profile = sys.argv[1:4]
    options = [f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    office = subprocess.Popen(["soffice", *options, f"--accept=pipe,name={PIPE};urp;"])
    try:
        desktop, commands = desktop_and_commands()
        document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, ())
        print(json.dumps(work(document, commands, title)))
        document.close(True)
        desktop.terminate()
        office.wait(30)
    finally:
        if office.poll() is None:
            office.kill()


main()
