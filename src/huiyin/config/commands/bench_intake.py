"""intake: reports accepted over HTTP against pgbench doing the same inserts.

Ours is the real thing: POST /report/ as a resident's browser sends it, answered by granian as
`huiyin up` starts it (2 workers × 4 threads), form, danger words, suggestion, encryption, ledger,
session and all; each report comes from a new visitor. The page itself (GET) is not counted. The
limit is pgbench with as many clients, running the very INSERT and UPDATE statements of one such
report in one transaction, under new ids. Client, server and database share the machine's cores.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import subprocess
import tempfile
import threading
import time
import urllib.parse
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from huiyin.config.command import CouldNot
from huiyin.config.commands import serve
from huiyin.config.commands.bench import Measure, in_turns
from huiyin.config.commands.bench_city import City, text

CLIENTS = 8
WANTED = 0.1
#: Ids and numbers far from all others, so that they are recognised in the captured statements.
CASE_ID, SEQUENCE = 900_000_001, 8_000_001


def measure(city: City, options: argparse.Namespace) -> dict[str, Measure]:
    """Accepted reports a second of both."""
    script = _script(city)
    host, port = "127.0.0.1", serve.free_port("127.0.0.1", 8500)
    with _server(host, port), tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.sql"
        path.write_text(script, encoding="utf-8")
        browsers = _Browsers(host, port, city)
        ours, limit = in_turns(
            options.rounds, lambda: browsers.send(options.seconds),
            lambda: _pgbench(path, options.seconds),
        )  # fmt: skip
    what = f"网页 POST /report/（granian，{CLIENTS} 个客户端），对 pgbench 写同样的行"
    return {"intake": Measure(ours, limit, WANTED, "件/秒", what)}


def fields(city: City, n: int) -> dict[str, str]:
    """What the n-th browser sends."""
    compound = city.compounds[n % len(city.compounds)]
    return {
        "client_id": str(uuid.UUID(int=n + (int(time.time()) << 64))), "kind": "help",
        "place": f"c{compound.pk}", "text": text(n, compound.name)[:400],
        "place_text": f"{n % 20 + 1}栋", "phone": f"139{n % 100_000_000:08d}", "name": "测速居民",
    }  # fmt: skip


# -- ours --------------------------------------------------------------------------------------
@contextmanager
def _server(host: str, port: int) -> Iterator[None]:
    """granian as `huiyin up` starts it, without the worker of jobs."""
    env = dict(os.environ, DJANGO_SETTINGS_MODULE="huiyin.config.settings", HUIYIN_LOG="WARNING")
    child = subprocess.Popen(serve.web_command(host, port), env=env, start_new_session=True)
    try:
        serve.wait_until_up(f"http://{host}:{port}/", child)
        yield
    finally:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()


class _Browsers:
    """CLIENTS threads that send one report after the other over kept connections."""

    def __init__(self, host: str, port: int, city: City) -> None:
        self.host, self.port, self.city = host, port, city
        self.sent, self.lock = 0, threading.Lock()

    def send(self, seconds: float) -> float:
        """Accepted reports a second (302 to the end page). CouldNot when one is not accepted."""
        until, began = time.perf_counter() + seconds, time.perf_counter()
        accepted: list[int] = []
        problems: list[str] = []

        def work() -> None:
            try:
                accepted.append(self._one(until))
            except (OSError, http.client.HTTPException, CouldNot) as error:
                problems.append(str(error))

        threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if problems:
            raise CouldNot(f"测速中断：{problems[0]}")
        return sum(accepted) / (time.perf_counter() - began)

    def _one(self, until: float) -> int:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        compound = self.city.compounds[0].pk
        connection.request("GET", f"/report/?place=c{compound}")
        answer = connection.getresponse()
        page = answer.read().decode()
        cookie = answer.headers["Set-Cookie"].split(";")[0]
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token is not None
        done = 0
        while time.perf_counter() < until:
            with self.lock:
                self.sent += 1
                n = self.sent
            body = urllib.parse.urlencode(fields(self.city, n) | {"csrfmiddlewaretoken": token[1]})
            connection.request(
                "POST", "/report/", body,
                {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie},
            )  # fmt: skip
            answer = connection.getresponse()
            answer.read()
            if answer.status != 302:
                raise CouldNot(f"POST /report/ 答 {answer.status}")
            done += 1
        connection.close()
        return done


# -- the limit -----------------------------------------------------------------------------------
def _pgbench(script: Path, seconds: float) -> float:
    """Transactions a second of the script."""
    from django.conf import settings

    from huiyin.base import pg

    done = subprocess.run(
        [
            str(pg.wheel_bin_dir() / "pgbench"), "-n", "-M", "simple", "-c", str(CLIENTS), "-j",
            "2", "-T", str(max(1, round(seconds))), "-f", str(script), "-h",
            str(settings.HUIYIN_CLUSTER.socket_dir), "-U", pg.WEB, pg.DATABASE,
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    tps = re.search(r"tps = ([\d.]+) \(without", done.stdout) or re.search(
        r"tps = ([\d.]+)", done.stdout
    )
    if done.returncode or tps is None:
        raise CouldNot(f"pgbench 失败：{(done.stderr or done.stdout).strip()[-400:]}")
    return float(tps[1])


def _script(city: City) -> str:
    """The writing statements of one report, captured and put under ids of their own."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from huiyin.base import pg

    for sequence, start in (("cases_case_id_seq", CASE_ID), ("cases_number", SEQUENCE)):
        settings.HUIYIN_CLUSTER.psql(f"SELECT setval('{sequence}', {start}, FALSE)", pg.DATABASE)
    client = Client()
    sent = fields(city, 0)
    with CaptureQueriesContext(connection) as queries:
        answer = client.post("/report/", sent)
    if answer.status_code != 302:
        raise CouldNot(f"测速用的诉求没有登记（{answer.status_code}）")
    number = answer["Location"].split("/")[3]
    writing = [q["sql"] for q in queries.captured_queries if _writes(q["sql"])]
    own = {number: "S:case_id", sent["client_id"]: "c:case_id",
           client.cookies["sessionid"].value: "s:case_id"}  # fmt: skip
    return "\n".join([
        "BEGIN;",
        "SELECT pg_advisory_xact_lock_shared(7040001);",
        "SELECT nextval(pg_get_serial_sequence('cases_case', 'id')) AS case_id, nextval('cases_number') AS n \\gset",
        *(_under_new_ids(sql, own) + ";" for sql in writing),
        "COMMIT;",
        "",
    ])  # fmt: skip


def _writes(sql: str) -> bool:
    return sql.lstrip().startswith(("INSERT", "UPDATE"))


def _under_new_ids(sql: str, own: dict[str, str]) -> str:
    """Ids become pgbench's variables, but not inside the hashed body ("case":9…), which any bytes
    of that length stand for as well. Values that pgbench would take for a variable are left: it
    replaces only those that it knows."""
    for value, variable in own.items():
        sql = re.sub(rf"(?<![:\"]){re.escape(value)}", variable, sql)
    sql = re.sub(rf"(?<![\d:\"]){CASE_ID}(?!\d)", ":case_id", sql)
    return sql.replace("\n", " ")
