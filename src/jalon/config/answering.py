"""A connection that does not wait for ever: a database that froze is one that is away."""

from typing import Any, ClassVar

import psycopg
from psycopg.abc import RV, PQGen
from psycopg.pq import TransactionStatus


class Connection(psycopg.Connection[Any]):
    """Gives up on a server that says nothing, though it is still there: frozen, or beyond a dead network.

    The limit that the server itself holds (`statement_timeout`) comes first as long as it is well.
    """

    #: Seconds that the server may say nothing.
    limit: ClassVar[float] = 20

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Return what the server answers; raises `OperationalError` after the limit, and is of no more use."""
        try:
            return super().wait(gen, interval, min(timeout or self.limit, self.limit))
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()
            raise


def within(seconds: float) -> type[Connection]:
    """Return the connections that wait no longer than so many seconds."""
    return type("Connection", (Connection,), {"limit": seconds})
