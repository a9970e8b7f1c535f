"""huiyin triage train | suggest | evaluate, and huiyin duplicates: text files in, no database."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from huiyin.config.command import Answer, CouldNot, say


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    parser.set_defaults(name=name)
    if name == "triage":
        parser.add_argument("what", choices=["train", "suggest", "evaluate"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--text", required=True, help="正文所在的列")
    parser.add_argument("-o", "--out", type=Path, help="输出文件")
    if name == "triage":
        parser.add_argument("--label", help="类别所在的列（train、evaluate）")
        parser.add_argument("--model", type=Path, help="train 写出的模型（suggest）")
        parser.add_argument("--folds", type=int, default=5)
    else:
        parser.add_argument("--time", default="", help="时间所在的列：同一簇里最早的排前")
        parser.add_argument("--pairs", type=Path, help="另写成对的结果：a, b, jaccard")


def run(options: argparse.Namespace) -> Answer:
    from huiyin.triage.services import text_files

    try:
        data = _answer(options)
    except text_files.TextFileError as error:
        raise CouldNot(str(error)) from None
    return Answer(data, [f"{key}：{value}" for key, value in data.items()])


def _answer(options: argparse.Namespace) -> dict[str, Any]:
    from huiyin.triage.services import text_files

    def told(what: str, done: int, of: int) -> None:
        # Ten lines a step at most: a terminal is no place for each of forty bands.
        if done == of or (done * 10 // of != (done - 1) * 10 // of and of > 10):
            say(f"{what} {done:,} / {of:,}")

    if options.name == "duplicates":
        out = _wanted(options.out, "-o")
        return text_files.duplicates_file(
            options.file, text=options.text, out=out, time_column=options.time,
            pairs=options.pairs, progress=told,
        )  # fmt: skip
    if options.what == "suggest":
        out = _wanted(options.out, "-o")
        return text_files.suggest_file(
            options.file, text=options.text, out=out, model=options.model, progress=told
        )
    label = _wanted(options.label, "--label")
    if options.what == "train":
        out = _wanted(options.out, "-o")
        return text_files.train_file(
            options.file, text=options.text, label=label, out=out, progress=told
        )
    return text_files.evaluate_file(
        options.file, text=options.text, label=label, folds=options.folds, progress=told
    )


def _wanted(value: Any, name: str) -> Any:
    if not value:
        raise CouldNot(f"请给出 {name}")
    return value
