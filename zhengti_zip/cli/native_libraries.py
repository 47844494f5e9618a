"""The native libraries WeasyPrint needs: whether they can be opened, and how each system installs them."""

from __future__ import annotations

import importlib
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress

LIBRARIES = {
    "gobject": "libgobject-2.0-0 gobject-2.0-0 gobject-2.0 "
    "libgobject-2.0.so.0 libgobject-2.0.0.dylib libgobject-2.0-0.dll",
    "pango": "libpango-1.0-0 pango-1.0-0 pango-1.0 libpango-1.0.so.0 libpango-1.0.dylib libpango-1.0-0.dll",
    "harfbuzz": "libharfbuzz-0 harfbuzz harfbuzz-0.0 libharfbuzz.so.0 libharfbuzz.0.dylib libharfbuzz-0.dll",
    "harfbuzz_subset": "libharfbuzz-subset-0 harfbuzz-subset harfbuzz-subset-0.0 "
    "libharfbuzz-subset.so.0 libharfbuzz-subset.0.dylib libharfbuzz-subset-0.dll",
    "fontconfig": "libfontconfig-1 fontconfig-1 fontconfig "
    "libfontconfig.so.1 libfontconfig.1.dylib libfontconfig-1.dll",
    "pangoft2": "libpangoft2-1.0-0 pangoft2-1.0-0 pangoft2-1.0 "
    "libpangoft2-1.0.so.0 libpangoft2-1.0.dylib libpangoft2-1.0-0.dll",
}
"""The names WeasyPrint tries for each library, in its order (weasyprint/text/ffi.py)."""

OPTIONAL = ("harfbuzz_subset",)
"""Libraries WeasyPrint works without."""

DEBIAN = {
    "gobject": "libpango-1.0-0",
    "pango": "libpango-1.0-0",
    "harfbuzz": "libpangoft2-1.0-0",
    "harfbuzz_subset": "libharfbuzz-subset0",
    "fontconfig": "libpangoft2-1.0-0",
    "pangoft2": "libpangoft2-1.0-0",
}
"""The Debian and Ubuntu package that installs each library; on other systems pango installs them all."""

DLL_FOLDERS = "WEASYPRINT_DLL_DIRECTORIES"
"""The environment variable that names the folders of the libraries on Windows."""

_DEFAULT_DLL_FOLDERS = (
    r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"  # WeasyPrint's
)


def add_dll_folders() -> None:
    """Make Windows search the folders WeasyPrint searches; nothing on other systems."""
    add = getattr(os, "add_dll_directory", None)
    if add is not None:
        for folder in os.environ.get(DLL_FOLDERS, _DEFAULT_DLL_FOLDERS).split(";"):
            with suppress(OSError):
                add(folder)


def open_first(names: list[str]) -> str | None:
    """The first of ``names`` that can be opened as WeasyPrint opens its libraries; None when none can."""
    try:
        opened = importlib.import_module("cffi").FFI().dlopen
    except ImportError:
        opened = importlib.import_module("ctypes").CDLL
    flags = (0x00001000,) if os.name == "nt" else ()  # LOAD_LIBRARY_SEARCH_DEFAULT_DIRS
    for name in names:
        with suppress(OSError):
            opened(name, *flags)
            return name
    return None


def remedy_for(
    library: str, system: str = sys.platform, which: Callable[[str], str | None] = shutil.which
) -> str:
    """The command that installs a library.

    Args:
        library: a key of :data:`LIBRARIES`.
        system: as ``sys.platform``.
        which: finds a program by its name, as ``shutil.which``.
    """
    if system == "win32":
        return (
            "安装 MSYS2（https://www.msys2.org），在其窗口中运行 pacman -S mingw-w64-ucrt-x86_64-pango，"
            rf"再在命令提示符中运行 setx {DLL_FOLDERS} C:\msys64\ucrt64\bin，然后重新打开命令提示符"
        )
    if system == "darwin":
        return "brew install pango"
    sudo = "" if hasattr(os, "geteuid") and os.geteuid() == 0 else "sudo "
    commands = {
        "apt-get": f"apt-get install -y {DEBIAN[library]}",
        "dnf": "dnf install -y pango",
        "pacman": "pacman -S pango",
    }
    for program, command in commands.items():
        if which(program):
            return sudo + command
    return "请用系统的软件管理工具安装 pango"
