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
    rows = _ledger_rows()
    findings = [f.line() for f in result.findings] + rows
    lines = list(findings)
    lines.append(
        f"核对 {result.cases} 件、{result.events} 个事件、{result.seals} 次封存："
        + ("全部相符" if not findings else f"发现 {len(findings)} 处不符")
    )
    if result.unsealed:
        lines.append(f"其中 {result.unsealed} 个事件尚未封存")
    return Answer(
        {"events": result.events, "ok": not findings,
         "first_bad": findings[0] if findings else None, "cases": result.cases,
         "seals": result.seals, "unsealed": result.unsealed},
        lines,
        DONE if not findings else FINDINGS,
    )  # fmt: skip


def _ledger_rows() -> list[str]:
    """Rows of kept ledgers whose versions do not chain or do not say what the row says."""
    from huiyin.registers import registry
    from huiyin.registers.services import verifying

    return [line for r in registry.all_registers() if r.kept for line in verifying.verify(r)]
