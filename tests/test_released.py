"""What has been released stays: letters, printed codes and stored texts hold it.

`released/` lists the addresses, the columns and the migrations (with the SHA-256 of
each file) of the first release, one a line; a release adds its own and takes none away.
"""

import hashlib
from pathlib import Path

from lms.core.config import ROOT
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


def test_no_released_migration_is_edited():
    migrations = {
        f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in (ROOT / "migrations" / "versions").glob("*.py")
    }

    assert released("migrations.txt") <= migrations
