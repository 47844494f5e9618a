"""What an error of the operating system means, in Chinese."""

from __future__ import annotations

import errno

_MEANINGS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EBUSY: "正被其他程序使用",
    errno.EIO: "磁盘或网络位置读写出错",
    errno.ELOOP: "它是指向自身的链接，找不到实际的文件",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENAMETOOLONG: "名称太长",
    errno.ENODEV: "没有这个设备",
    errno.ENXIO: "没有这个设备",
    errno.ENOMEM: "内存不足",
    errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "文件太大",
    errno.ENOTDIR: "路径中有一段是文件而不是文件夹",
    errno.EISDIR: "是一个文件夹",
    errno.EEXIST: "已经存在",
    errno.EROFS: "磁盘是只读的",
    errno.ESTALE: "网络位置已断开",
    errno.ETIMEDOUT: "网络位置没有响应",
    errno.EINVAL: "系统不支持这个操作或名称",
}
if hasattr(errno, "EDQUOT"):
    _MEANINGS[errno.EDQUOT] = "磁盘配额已用完"


def reason(error: OSError) -> str:
    """The reason of an error in a few words. One without a Chinese name is given as the system words it."""
    return _MEANINGS.get(error.errno or 0) or error.strerror or str(error)
