"""Files in, files out: what the commands of triage do."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest
import xlsxwriter

from huiyin.triage.services import text_files
from huiyin.triage.services.text_files import TextFileError
from huiyin.triage.tests.letters import letters


def write_csv(path: Path, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", newline="", encoding=encoding) as out:
        csv.writer(out).writerows(rows)
    return path


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


def labelled(folder: Path) -> Path:
    texts, labels = letters()
    rows = [["内容", "类别"], *[[t, c] for t, c in zip(texts, labels, strict=True)]]
    return write_csv(folder / "labelled.csv", rows)


def test_train_then_suggest_keeps_the_order_of_the_file(tmp_path: Path) -> None:
    model, out = tmp_path / "model.npz", tmp_path / "out.csv"
    asked = write_csv(
        tmp_path / "asked.csv",
        [["内容"], ["柳荫化工厂排放污水"], ["柳荫小区停水停电"], ["柳荫小学补课费"]],
    )

    trained = text_files.train_file(labelled(tmp_path), text="内容", label="类别", out=model)
    told = text_files.suggest_file(asked, text="内容", model=model, out=out)

    assert trained["n"] == 60
    assert trained["classes"] == ["教育", "水电", "环境"]
    assert told["n"] == 3
    assert told["by"] == "model"
    lines = read_csv(out)
    assert [line["category"] for line in lines] == ["环境", "水电", "教育"]
    assert {"row", "category", "confidence", "category2", "category3"} <= set(lines[0])
    assert [line["row"] for line in lines] == ["0", "1", "2"]


def test_without_a_model_the_keywords_of_the_first_day_speak(tmp_path: Path) -> None:
    asked = write_csv(tmp_path / "asked.csv", [["内容"], ["电梯困梯，维保不来"], ["你好"]])
    out = tmp_path / "out.csv"

    told = text_files.suggest_file(asked, text="内容", out=out)

    lines = read_csv(out)
    assert told == {"n": 2, "uncertain": 1, "out": str(out), "by": "keywords", "title": ""}
    assert lines[0]["category"] == "房屋与物业›公共设施›电梯故障"
    assert (lines[1]["category"], lines[1]["uncertain"]) == ("", "不确定")


def test_evaluate_answers_with_the_keys_of_the_command(tmp_path: Path) -> None:
    texts, labels = letters()
    # Near-copies are looked for in the text alone: unlike numbers keep all letters in.
    rows = [["标题", "内容", "类别"]]
    rows += [
        [t, chr(0x5000 + n) + chr(0x5100 + n), c]
        for n, (t, c) in enumerate(zip(texts, labels, strict=True), 9)
    ]

    told = text_files.evaluate_file(
        write_csv(tmp_path / "f.csv", rows), text="内容", label="类别", folds=2
    )

    wanted = {"n", "dropped_duplicates", "macro_f1", "baseline", "accuracy", "top3", "coverage_at_97", "surest80"}  # fmt: skip
    assert wanted <= set(told)
    assert told["title"] == "标题"
    assert told["rows"] == 60


COPY = "青禾小区三栋楼道主水管漏水，地面全是积水，老人出门怕滑倒，请尽快来人处理。"
MESSAGES = [
    ["主题", "时间", "详情"],
    ["a", "2019/3/2 10:00:00", COPY],
    ["b", "2019/10/1 9:00:00", "南桥市场夜里一点还在放音响，孩子第二天要上学。"],
    ["c", "2019/3/1 10:00:00", COPY.replace("处理", "修理")],
    ["d", "2019/12/1 8:00:00", COPY + "急"],
]


def test_duplicates_writes_clusters_and_pairs(tmp_path: Path) -> None:
    out, pairs = tmp_path / "out.csv", tmp_path / "pairs.csv"

    told = text_files.duplicates_file(
        write_csv(tmp_path / "m.csv", MESSAGES), text="详情", out=out, pairs=pairs
    )

    lines = read_csv(out)
    assert (told["n"], told["clusters"], told["in_clusters"]) == (4, 1, 3)
    assert told["seconds"] >= 0
    assert list(lines[0]) == ["row", "cluster", "nearest_row", "similarity"]
    assert [line["cluster"] for line in lines] == ["1", "", "1", "1"]
    assert lines[1]["nearest_row"] == lines[1]["similarity"] == ""
    assert lines[0]["nearest_row"] == "3"
    assert [(p["a"], p["b"]) for p in read_csv(pairs)] == [("0", "2"), ("0", "3"), ("2", "3")]
    assert out.read_bytes().startswith(b"row,")


def test_of_equally_near_rows_the_earliest_in_time_is_named(tmp_path: Path) -> None:
    rows = [
        MESSAGES[0],
        ["a", "2019/12/1 8:00", COPY],
        ["b", "2019/3/1 8:00", COPY],
        ["c", "", COPY],
    ]
    source, out = write_csv(tmp_path / "m.csv", rows), tmp_path / "out.csv"

    text_files.duplicates_file(source, text="详情", time_column="时间", out=out)

    assert [line["nearest_row"] for line in read_csv(out)] == ["1", "0", "1"]


def test_a_gzipped_file_and_one_of_the_old_encoding_are_read(tmp_path: Path) -> None:
    old = write_csv(tmp_path / "old.csv", MESSAGES, encoding="gb18030")
    packed = tmp_path / "packed.csv.gz"
    packed.write_bytes(gzip.compress(b"\xef\xbb\xbf" + "详情\r\n停水了\r\n".encode()))

    assert text_files.read_sheet(old, ("详情",)).column("主题") == ["a", "b", "c", "d"]
    assert text_files.read_sheet(packed, ("详情",)).column("详情") == ["停水了"]


def test_a_workbook_with_a_title_row_is_read(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for at, row in enumerate(
        [["诉求登记表"], ["编号", "留言 详情"], [12, "停水了"], ["", ""], [13, "停电"]]
    ):
        sheet.write_row(at, 0, row)
    book.close()

    read = text_files.read_sheet(path, ("留言详情",))

    assert read.column("留言详情") == ["停水了", "停电"]
    assert read.column("编号") == ["12", "13"]


def test_what_cannot_be_read_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(TextFileError, match="找不到文件"):
        text_files.read_sheet(tmp_path / "no.csv", ("详情",))
    with pytest.raises(TextFileError, match="首行是：主题、时间、详情"):
        text_files.read_sheet(write_csv(tmp_path / "m.csv", MESSAGES), ("内容",))
    (tmp_path / "a.pdf").write_bytes(b"x")
    with pytest.raises(TextFileError, match="不认识的文件类型"):
        text_files.read_sheet(tmp_path / "a.pdf", ("详情",))
    (tmp_path / "a.xlsx").write_bytes(b"x")
    with pytest.raises(TextFileError, match=r"另存为 \.xlsx"):
        text_files.read_sheet(tmp_path / "a.xlsx", ("详情",))
    with pytest.raises(TextFileError, match="请先训练"):
        text_files.suggest_file(
            tmp_path / "m.csv", text="详情", model=tmp_path / "no.npz", out=tmp_path / "o.csv"
        )


def test_too_few_rows_and_a_broken_model_are_said_as_well(tmp_path: Path) -> None:
    few = write_csv(tmp_path / "few.csv", [["内容", "类别"], ["停水", "水电"], ["停电", "水电"]])
    broken = tmp_path / "broken.npz"
    broken.write_bytes(b"x")

    with pytest.raises(TextFileError, match="样本不足"):
        text_files.train_file(few, text="内容", label="类别", out=broken)
    with pytest.raises(TextFileError, match="不足以分 5 折"):
        text_files.evaluate_file(few, text="内容", label="类别")
    with pytest.raises(TextFileError, match="请重新训练"):
        text_files.suggest_file(few, text="内容", model=broken, out=tmp_path / "o.csv")


def test_a_cell_that_looks_like_a_formula_goes_out_as_text(tmp_path: Path) -> None:
    assert text_files._safe("=1+1") == "'=1+1"
    assert text_files._safe(-1) == -1
