"""What a browser or a program is told instead of an answer."""

from __future__ import annotations

from zhengti_zip.base.errors import ZhengtiError


class Refusal(ZhengtiError):
    """A request that is not answered.

    Args:
        status: of HTTP.
        message, remedy: in Chinese.
    """

    def __init__(self, status: int, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.status = status


def not_found() -> Refusal:
    """There is no such thing, or it belongs to somebody else; nobody learns which."""
    return Refusal(404, "没有这个页面，或者您没有权限查看", "请检查地址，或从首页重新进入")


def not_allowed(words: str = "您没有权限做这一步") -> Refusal:
    """The visitor may see it but not do this."""
    return Refusal(403, words, "请联系财政部门的管理员")


def log_in_first() -> Refusal:
    """Nobody knows who asks."""
    return Refusal(401, "请先登录", "请用账号登录，或打开财政部门发来的填报链接")


def wrong_input(message: str, remedy: str = "") -> Refusal:
    """A form was filled in wrongly."""
    return Refusal(400, message, remedy)
