"""huiyin ledger verify | seal."""

from __future__ import annotations

import argparse

from huiyin.config.command import DONE, FINDINGS, Answer, ready, say


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("what", choices=["verify", "seal"])


def run(options: argparse.Namespace) -> Answer:
    ready()
    from huiyin.base import clock
    from huiyin.cases.services import sealing

    if options.what == "seal":
        made = sealing.seal(at=clock.now())
        count = made.leaves if made else 0
        return Answer(
            {"ok": True, "sealed": count, "root": made.root if made else None},
            [f"已封存 {count} 个事件" if made else "没有新的事件"],
        )
    result = sealing.verify(progress=lambda n: say(f"已核对 {n} 个事件…"))
    first = result.findings[0].line() if result.findings else None
    lines = [f.line() for f in result.findings]
    lines.append(
        f"核对 {result.cases} 件、{result.events} 个事件、{result.seals} 次封存："
        + ("全部相符" if result.ok else f"发现 {len(result.findings)} 处不符")
    )
    if result.unsealed:
        lines.append(f"其中 {result.unsealed} 个事件尚未封存")
    return Answer(
        {"events": result.events, "ok": result.ok, "first_bad": first, "cases": result.cases,
         "seals": result.seals, "unsealed": result.unsealed},
        lines,
        DONE if result.ok else FINDINGS,
    )  # fmt: skip
