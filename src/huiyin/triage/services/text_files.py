"""Triage of files: train, suggest, evaluate, find duplicates. Needs no database and no settings.

Reads .csv (UTF-8 or GB18030), .csv.gz and .xlsx; the heading may stand below title rows. What goes
out keeps the order of what came in.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from huiyin.triage.rules import categories, classifier, cold_start, evaluation, model_file
from huiyin.triage.rules.near_copies import NearCopies, Progress, find_near_copies

# Where a file has one of these beside the text, what is read is title and text, as people read.
TITLE_COLUMNS = ("留言主题", "主题", "标题", "title")
SEARCHED_ROWS = 20
FIRST_ROW = 0
"""`row` in the files that go out counts rows of data from here, as `first_row` in the answer says."""
UNCERTAIN = "不确定"


class TextFileError(ValueError):
    """The file or the model cannot be used as asked; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table read whole: headings, and rows of as many cells."""

    headings: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    def column(self, name: str) -> list[str]:
        """The cells of one column as text. Raises TextFileError when there is no such column."""
        at = self.index(name)
        if at is None:
            raise TextFileError(f"表中没有“{name}”这一列，现有：{'、'.join(self.headings)}。")
        return [_text(row[at]) if at < len(row) else "" for row in self.rows]

    def index(self, name: str) -> int | None:
        plain = [_plain(heading) for heading in self.headings]
        return plain.index(_plain(name)) if _plain(name) in plain else None

    def first_of(self, names: Sequence[str]) -> str:
        """The first of these columns that the table has, or ""."""
        return next((name for name in names if self.index(name) is not None), "")


def train_file(
    path: Path, *, text: str, label: str, out: Path, progress: Progress | None = None
) -> dict[str, Any]:
    """Train on a file and write the model: {"n", "classes", "left_out", "model", "title"}."""
    sheet = read_sheet(path, (text, label))
    texts, title = _texts(sheet, text)
    labels = [cell.strip() for cell in sheet.column(label)]
    kept = [i for i, (t, c) in enumerate(zip(texts, labels, strict=True)) if t.strip() and c]
    try:
        model = classifier.train(
            [texts[i] for i in kept], [labels[i] for i in kept], progress=progress
        )
    except classifier.TooFewExamples as error:
        raise TextFileError(str(error)) from error
    _write(out, model_file.to_bytes(model))
    return {
        "n": model.n,
        "classes": list(model.classes),
        "left_out": list(model.left_out),
        "model": str(out),
        "title": title,
    }


def suggest_file(
    path: Path, *, text: str, out: Path, model: Path | None = None, progress: Progress | None = None
) -> dict[str, Any]:
    """Write row, category, confidence, category2, category3, uncertain for each row of the file.

    Without a model the built-in tree's keywords speak. {"n", "uncertain", "out", "by", "title"}.
    """
    sheet = read_sheet(path, (text,))
    texts, title = _texts(sheet, text)
    guesses = _guesses(texts, model, progress)
    lines: list[list[object]] = []
    for row, guess in enumerate(guesses, start=FIRST_ROW):
        if guess is None:
            lines.append([row, "", 0, "", "", UNCERTAIN])
            continue
        names = [*guess.categories, "", ""][:3]
        unsure = UNCERTAIN if guess.uncertain else ""
        lines.append([row, names[0], guess.confidence, names[1], names[2], unsure])
    _write_csv(out, ["row", "category", "confidence", "category2", "category3", "uncertain"], lines)
    return {
        "n": len(texts),
        "uncertain": sum(1 for line in lines if line[-1]),
        "out": str(out),
        "by": "model" if model else "keywords",
        "title": title,
    }


def evaluate_file(
    path: Path, *, text: str, label: str, folds: int = 5, progress: Progress | None = None
) -> dict[str, Any]:
    """Judge the classifier on a labelled file; the keys of `evaluation.Evaluation`, rows, title.

    Near-copies are looked for in the text alone; title and text are what both the classifier and
    the baseline read.
    """
    sheet = read_sheet(path, (text, label))
    texts, title = _texts(sheet, text)
    alone = sheet.column(text)
    labels = [cell.strip() for cell in sheet.column(label)]
    kept = [i for i, (t, c) in enumerate(zip(texts, labels, strict=True)) if t.strip() and c]
    try:
        found = evaluation.evaluate(
            [texts[i] for i in kept],
            [labels[i] for i in kept],
            folds=folds,
            copies_of=[alone[i] for i in kept],
            progress=progress,
        )
    except classifier.TooFewExamples as error:
        raise TextFileError(str(error)) from error
    return {**asdict(found), "folds": folds, "rows": len(kept), "title": title}


def duplicates_file(
    path: Path,
    *,
    text: str,
    out: Path,
    time_column: str = "",
    pairs: Path | None = None,
    threshold: float = 0.6,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Write row, cluster, nearest_row, similarity for each row; with `pairs` also a, b, jaccard.

    Clusters are numbered from 1 by their earliest text (by `time_column`, else by the file's
    order); of equally near rows the earliest is named. Rows without near-copy have empty cells.
    {"n", "clusters", "in_clusters", "seconds", "pairs", "thinned", "first_row"}.
    """
    began = time.perf_counter()
    sheet = read_sheet(path, (text, time_column) if time_column else (text,))
    found = find_near_copies(sheet.column(text), threshold=threshold, progress=progress)
    order = _order(sheet, time_column)
    _write_csv(out, ["row", "cluster", "nearest_row", "similarity"], _duplicate_lines(found, order))
    if pairs is not None:
        lines: list[list[object]] = [
            [p.a + FIRST_ROW, p.b + FIRST_ROW, round(p.jaccard, 4)] for p in found.pairs
        ]
        _write_csv(pairs, ["a", "b", "jaccard"], lines)
    return {
        "n": len(sheet.rows),
        "clusters": len(found.clusters),
        "in_clusters": sum(len(cluster) for cluster in found.clusters),
        "seconds": round(time.perf_counter() - began, 2),
        "pairs": len(found.pairs),
        "thinned": found.thinned,
        "first_row": FIRST_ROW,
    }


# ── reading ──────────────────────────────────────────────────────────────────────────────────


def read_sheet(path: Path, wanted: Sequence[str]) -> Sheet:
    """The first sheet of a file, its heading row the first that has all `wanted` columns.

    Raises TextFileError for a file that is not there, is of another kind or lacks a column.
    """
    if not path.is_file():
        raise TextFileError(f"找不到文件：{path.name}。")
    rows = _raw_rows(path)
    names = [_plain(name) for name in wanted]
    for at, row in enumerate(rows[:SEARCHED_ROWS]):
        cells = [_plain(_text(cell)) for cell in row]
        if all(name in cells for name in names):
            headings = tuple(_text(cell).strip() for cell in row)
            data = (tuple(r) for r in rows[at + 1 :])
            return Sheet(headings, tuple(r for r in data if any(_text(c).strip() for c in r)))
    shown = next((row for row in rows if any(_text(c).strip() for c in row)), [])
    raise TextFileError(
        f"表中没有“{'、'.join(wanted)}”这些列，首行是：{'、'.join(_text(c) for c in shown)[:200]}。"
    )


def _raw_rows(path: Path) -> Sequence[Sequence[object]]:
    name = path.name.lower()
    if name.endswith((".xlsx", ".xlsm", ".xls", ".et")):
        import python_calamine

        try:
            return (
                python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
            )
        except (python_calamine.CalamineError, OSError, IndexError) as error:
            raise TextFileError(f"无法读取 {path.name}：请另存为 .xlsx 后再试。") from error
    if name.endswith((".csv", ".csv.gz")):
        return _csv_rows(path)
    raise TextFileError(f"不认识的文件类型：{path.name}（可用 .csv、.csv.gz、.xlsx）。")


def _csv_rows(path: Path) -> list[list[str]]:
    try:
        data = path.read_bytes()
        if path.name.lower().endswith(".gz"):
            data = gzip.decompress(data)
    except (OSError, EOFError) as error:
        raise TextFileError(f"无法读取 {path.name}：文件可能已损坏。") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            shown = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        csv.field_size_limit(sys.maxsize)
        return list(csv.reader(io.StringIO(shown, newline="")))
    raise TextFileError(f"{path.name} 既不是 UTF-8 也不是 GB18030 编码，请另存为 UTF-8 后再试。")


def _texts(sheet: Sheet, text: str) -> tuple[list[str], str]:
    """What the classifier reads: title and text where the file has both; the title's column."""
    texts = sheet.column(text)
    title = sheet.first_of([name for name in TITLE_COLUMNS if _plain(name) != _plain(text)])
    if not title:
        return texts, ""
    titles = sheet.column(title)
    return [
        f"{a.strip()}。{b}" if a.strip() else b for a, b in zip(titles, texts, strict=True)
    ], title


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _plain(name: str) -> str:
    return re.sub(r"\s+", "", name)


# ── writing ──────────────────────────────────────────────────────────────────────────────────


def _guesses(
    texts: Sequence[str], model: Path | None, progress: Progress | None
) -> list[classifier.Guess | None]:
    if model is not None:
        if not model.is_file():
            raise TextFileError(f"找不到模型：{model.name}，请先训练。")
        try:
            trained = model_file.from_bytes(model.read_bytes())
        except (model_file.UnreadableModel, OSError) as error:
            raise TextFileError(str(error)) from error
        return list(trained.suggest_many(texts, progress))
    tree = categories.cold_start()
    found: list[classifier.Guess | None] = []
    for text in texts:
        guess = cold_start.guess_by_keywords(text, tree)
        if guess is not None:
            names = tuple("›".join(tree.path(code)) for code in guess.categories)
            guess = classifier.Guess(names, guess.confidences, guess.words)
        found.append(guess)
    return found


def _order(sheet: Sheet, time_column: str) -> list[int]:
    """Place of each row in time: 0 = earliest; without a column, the order of the file."""
    if not time_column:
        return list(range(len(sheet.rows)))
    times = sheet.column(time_column)
    moments = [tuple(int(part) for part in re.findall(r"\d+", moment)) for moment in times]
    ranked = sorted(range(len(moments)), key=lambda i: (not moments[i], moments[i], i))
    order = [0] * len(moments)
    for place, i in enumerate(ranked):
        order[i] = place
    return order


def _duplicate_lines(found: NearCopies, order: Sequence[int]) -> list[list[object]]:
    nearest: dict[int, tuple[float, int, int]] = {}
    for pair in found.pairs:
        for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
            offer = (-pair.jaccard, order[other], other)
            nearest[one] = min(nearest.get(one, offer), offer)
    clusters = sorted(found.clusters, key=lambda cluster: min(order[i] for i in cluster))
    number = {i: n for n, cluster in enumerate(clusters, start=1) for i in cluster}
    lines: list[list[object]] = []
    for i in range(len(order)):
        if i in nearest:
            likeness, _, other = nearest[i]
            near: list[object] = [other + FIRST_ROW, round(-likeness, 4)]
        else:
            near = ["", ""]
        lines.append([i + FIRST_ROW, number.get(i, ""), *near])
    return lines


def _write_csv(path: Path, headings: Sequence[str], lines: Sequence[Sequence[object]]) -> None:
    """UTF-8, marked where office programs would otherwise garble Chinese; never a formula."""
    shown = io.StringIO(newline="")
    writer = csv.writer(shown)
    writer.writerow(headings)
    writer.writerows([[_safe(cell) for cell in line] for line in lines])
    text = shown.getvalue()
    _write(path, text.encode() if text.isascii() else b"\xef\xbb\xbf" + text.encode())


def _safe(cell: object) -> object:
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@"):
        return "'" + cell
    return cell


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise TextFileError(f"无法写入 {path.name}：请检查文件夹和磁盘空间。") from error
