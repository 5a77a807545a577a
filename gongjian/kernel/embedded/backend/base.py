"""Django asks for `DatabaseWrapper` in a module of this name."""

from typing import Any

from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper

from gongjian.kernel.embedded.cluster import USER
from gongjian.kernel.embedded.layout import PORT
from gongjian.kernel.embedded.server import ensure
from gongjian.kernel.home import home


class DatabaseWrapper(PostgresWrapper):
    """PostgreSQL, made sure of before each new connection."""

    def get_connection_params(self) -> dict[str, Any]:
        address = ensure(home())
        self.settings_dict.update(HOST=str(address.folder), PORT=str(PORT), USER=USER, PASSWORD=address.password)
        return super().get_connection_params()
