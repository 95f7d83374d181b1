"""What the matrix keeps from a tutor who may yet be a second reader."""

from collections.abc import Collection
from dataclasses import replace

from lms.progress.cells import Cell, State
from lms.progress.matrix import Matrix, Row

SECOND = "ждёт второго чтения"


def veil(matrix: Matrix, hidden: Collection[int]) -> Matrix:
    """Say of some works neither that they came back nor that they were accepted."""
    return replace(matrix, rows=[_row(row, matrix, hidden) for row in matrix.rows])


def _row(row: Row, matrix: Matrix, hidden: Collection[int]) -> Row:
    veiled = [any(work.id in hidden for work in cell.works) for cell in row.cells]
    columns = [
        c for c, is_veiled in zip(matrix.columns, veiled, strict=True) if is_veiled
    ]
    return replace(
        row,
        cells=[
            _cell(cell) if is_veiled else cell
            for cell, is_veiled in zip(row.cells, veiled, strict=True)
        ],
        troubles=[t for t in row.troubles if t.column not in columns],
    )


def _cell(cell: Cell) -> Cell:
    """Keep how many people sent a work that everybody writes alone."""
    word = SECOND if cell.work else cell.word
    notes = () if cell.work else (SECOND,)
    return Cell(State.WAITING, word, notes, works=cell.works)
