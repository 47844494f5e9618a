"""Folders of the package's data: the form templates and the fonts.

In a checkout both are beside the package; an installed wheel has them inside (``zhengti_zip/_resources/``).
"""

from __future__ import annotations

from pathlib import Path

from zhengti_zip.base.errors import EnvironmentProblem

_PACKAGE = Path(__file__).resolve().parents[1]


def package_dir() -> Path:
    """Folder of the package's source code."""
    return _PACKAGE


def templates_dir() -> Path:
    """Folder of the form templates.

    Raises:
        EnvironmentProblem: the folder is neither in the package nor in a checkout around it.
    """
    return _resource_dir("templates", "表格模板")


def shared_dir() -> Path:
    """Folder of the templates and style sheets that every form shares.

    Raises:
        EnvironmentProblem: as :func:`templates_dir`.
    """
    return templates_dir() / "shared"


def fonts_dir() -> Path:
    """Folder of the bundled fonts and their metrics.

    Raises:
        EnvironmentProblem: the folder is neither in the package nor in a checkout around it.
    """
    return _resource_dir("fonts", "字体")


def _resource_dir(name: str, what: str) -> Path:
    installed = _PACKAGE / "_resources" / name
    if installed.is_dir():
        return installed
    root = _PACKAGE.parent
    # In site-packages a folder named "fonts" may belong to another package. Only a checkout has a
    # pyproject.toml beside it.
    checkout = root / name
    if (root / "pyproject.toml").is_file() and checkout.is_dir():
        return checkout
    raise EnvironmentProblem(
        f"程序自带的{what}目录“{name}”不存在。",
        "安装不完整，请重新安装 zhengti-zip；如果是从源代码运行，请重新获取完整的代码。",
    )
