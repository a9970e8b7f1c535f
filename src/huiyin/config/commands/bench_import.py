"""import: reports filed by filing.file_reports against COPY of the very rows that it wrote.

The limit is COPY into the same tables with their indexes, foreign keys and triggers, block by block
as large as ours, one transaction each; it neither reads, masks, encrypts nor hashes anything.
"""

from __future__ import annotations

import argparse
import time

from huiyin.config.commands.bench import Measure, in_turns
from huiyin.config.commands.bench_city import TABLES, City, empty_cases, report

BLOCK = 1000
BLOCKS = 5
WANTED = 0.25


def measure(city: City, options: argparse.Namespace) -> dict[str, Measure]:
    """Rows a second of both."""
    bench = _Bench(city)
    ours, limit = in_turns(options.rounds, bench.ours, bench.limit)
    empty_cases()
    what = f"{BLOCK * BLOCKS} 件分 {BLOCKS} 批登记，对 COPY 同样的行到同样的表"
    return {"import": Measure(ours, limit, WANTED, "件/秒", what)}


class _Bench:
    def __init__(self, city: City) -> None:
        self.city = city
        self.blocks: list[list[tuple[str, bytes]]] = []

    def ours(self) -> float:
        """File all blocks into empty tables; keeps the rows for `limit`."""
        from huiyin.cases.services import filing

        empty_cases()
        reports = [report(self.city, n) for n in range(BLOCK * BLOCKS)]
        began = time.perf_counter()
        filed = list(filing.file_reports(reports, recorded_at=self.city.at))
        seconds = time.perf_counter() - began
        ids = [f.case_id for f in filed]
        self.blocks = [_rows(ids[i], ids[i + BLOCK - 1]) for i in range(0, len(ids), BLOCK)]
        return len(filed) / seconds

    def limit(self) -> float:
        """COPY the rows of `ours` back into the emptied tables."""
        from django.db import connection, transaction

        empty_cases()
        began = time.perf_counter()
        for block in self.blocks:
            with transaction.atomic(), connection.cursor() as cursor:
                for table, data in block:
                    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                        copy.write(data)
        return BLOCK * BLOCKS / (time.perf_counter() - began)


def _rows(first: int, last: int) -> list[tuple[str, bytes]]:
    """The rows of the cases first … last, table by table, as COPY gives them."""
    from django.db import connection

    found = []
    with connection.cursor() as cursor:
        for table in TABLES:
            key = "id" if table == "cases_case" else "case_id"
            sql = f"COPY (SELECT * FROM {table} WHERE {key} BETWEEN {first} AND {last}) TO STDOUT"  # noqa: S608
            with cursor.copy(sql) as copy:
                data = b"".join(bytes(part) for part in copy)
            if data:
                found.append((table, data))
    return found
