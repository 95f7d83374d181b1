"""What has been released stays: letters, printed codes and stored texts hold it.

`released/` lists the addresses and the columns of the first release, one a line;
a release adds its own and takes none away.
"""

from pathlib import Path

from lms.core.extensions import db

RELEASED = Path(__file__).parent / "released"


def released(name):
    return set((RELEASED / name).read_text(encoding="utf-8").splitlines())


def test_every_released_address_leads_where_it_led(app):
    addresses = {
        f"{rule.endpoint} {','.join(sorted(rule.methods - {'HEAD', 'OPTIONS'}))} {rule}"
        for rule in app.url_map.iter_rules()
    }

    assert released("addresses.txt") <= addresses


def test_every_released_column_is_there(app):
    columns = {
        str(column) for table in db.metadata.tables.values() for column in table.columns
    }

    assert released("columns.txt") <= columns
