"""Pages of a list that is worked out and does not lie in a table."""

from collections.abc import Sequence
from typing import Any

from flask_sqlalchemy.pagination import Pagination


class ListPagination(Pagination):
    """Cuts a list into pages, as `db.paginate` does with a query."""

    def __init__(self, items: Sequence[Any], *, per_page: int) -> None:
        super().__init__(per_page=per_page, items=items)

    def _query_items(self) -> list[Any]:
        start = self._query_offset
        return list(self._query_args["items"][start : start + self.per_page])

    def _query_count(self) -> int:
        return len(self._query_args["items"])
