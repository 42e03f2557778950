"""The ledger's tables are complete, and every row stands where it says."""

from __future__ import annotations

from zyqa.study import ledger
from zyqa.types import Document, Kind, Role


def test_every_duty_is_a_row_and_stands_at_its_span(plan: Document) -> None:
    rows = ledger.responsibilities([plan])
    assert {(row.where.clause_id, row.role, row.unit) for row in rows} == {
        (duty.clause_id, duty.role, duty.unit) for duty in plan.duties
    }
    assert all(row.span.cut(plan.text) == row.surface for row in rows)


def test_rows_are_filtered_by_unit_and_role(plan: Document) -> None:
    rows = ledger.responsibilities([plan], unit="市旅游局", role=Role.LEAD)
    assert [row.where.label for row in rows] == ["一、(十一)3"]


def test_marked_duties_alone_can_be_had(plan: Document) -> None:
    marked = ledger.responsibilities([plan], inline=False)
    assert len(marked) < len(ledger.responsibilities([plan]))


def test_the_matrix_holds_each_row_once(plan: Document) -> None:
    rows = ledger.responsibilities([plan])
    matrix = ledger.matrix(rows)
    assert len(matrix.cells) == len({(row.where, row.unit) for row in rows})
    for (line, column), role in matrix.cells.items():
        assert any((row.where, row.unit, row.role) == (matrix.rows[line], matrix.units[column], role) for row in rows)


def test_the_matrix_as_a_table_has_a_column_per_unit(plan: Document) -> None:
    matrix = ledger.matrix(ledger.responsibilities([plan]))
    table = ledger.matrix_table(matrix)
    assert len(table.rows) == len(matrix.rows)
    assert {len(row) for row in table.rows} == {len(table.headers)} == {3 + len(matrix.units)}


def test_a_units_page_holds_all_its_roles(plan: Document) -> None:
    page = ledger.unit_page([plan], "市卫生局")
    assert [row.where.label for row in page.rows[Role.LEAD]] == ["一、(六)1", "一、(十一)5"]
    assert "一、(四)3" in [row.where.label for row in page.rows[Role.SUPPORT]]
    assert page.count == len(ledger.responsibilities([plan], unit="市卫生局"))


def test_targets_name_who_answers_for_them(plan: Document) -> None:
    rows = [row for row in ledger.targets([plan]) if row.subject == "主要农产品的标准覆盖率"]
    assert [(row.demand, row.deadline, row.units) for row in rows] == [("≥70%", "2015", ("市农业局", "市畜牧兽医局"))]


def test_targets_are_filtered_by_unit_and_year(plan: Document) -> None:
    assert {row.where.label for row in ledger.targets([plan], unit="市旅游局")} >= {"一、(十一)3"}
    assert all((row.deadline or "").startswith("2015") for row in ledger.targets([plan], year="2015"))
    assert ledger.targets([plan], year="1999") == ()
    assert "2015" in ledger.years(ledger.targets([plan]))


def test_the_graph_shows_what_is_held_and_what_is_missing(documents: tuple[Document, ...], plan: Document) -> None:
    graph = ledger.graph(documents)
    by_id = {node.id: node for node in graph.nodes}
    assert {edge.source for edge in graph.edges} | {edge.target for edge in graph.edges} <= set(by_id)
    cited = {by_id[edge.target].title: by_id[edge.target].kind for edge in graph.edges if edge.source == plan.id}
    assert cited["张掖市人民政府关于推进质量振兴的意见"] is None
    assert Kind.DIGEST in cited.values()
    assert {node.id for node in ledger.missing(documents)} == {node.id for node in graph.nodes if node.kind is None}


def test_reports_have_a_cell_per_header(plan: Document) -> None:
    duties, targets = ledger.responsibilities([plan]), ledger.targets([plan])
    for report in (ledger.duty_report(duties), ledger.target_report(targets)):
        (table,) = report.tables
        assert table.rows and {len(row) for row in table.rows} == {len(table.headers)}
