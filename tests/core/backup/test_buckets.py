"""A backup moves files between the folder of a site and a bucket."""

import pytest

from lms.core.backup.restore import restore_backup
from lms.core.backup.snapshot import make_backup
from lms.core.bucket import BucketError
from lms.core.environment import StartError
from lms.core.storage import keep_file, open_stored, stored_names
from tests.core.backup.conftest import MAP


def test_files_move_from_the_folder_into_a_bucket_and_back(
    furnished, backup, elsewhere, bucket, tmp_path
):
    elsewhere.config["LMS_FILES"] = bucket

    with elsewhere.app_context():
        restored = restore_backup(backup)
        with open_stored(furnished) as stored:
            assert stored.read() == MAP
        assert stored_names() == set(restored.files)
        again = make_backup(tmp_path / "again.zip")

    assert (again.files, again.lost) == (restored.files, [])


def test_bucket_of_another_site_is_left_alone(backup, elsewhere, bucket, tmp_path):
    elsewhere.config["LMS_FILES"] = bucket
    stranger = tmp_path / "stranger"
    stranger.write_bytes(b"of another site")

    with elsewhere.app_context():
        with stranger.open("rb") as stream:
            kept = keep_file(stream)

        with pytest.raises(StartError, match=f"«{bucket.name}» на .* уже лежат файлы"):
            restore_backup(backup)

        assert stored_names() == {kept}


def test_storage_that_falls_silent_cuts_a_restore(backup, elsewhere, silent_bucket):
    elsewhere.config["LMS_FILES"] = silent_bucket

    with elsewhere.app_context(), pytest.raises(BucketError, match="не отвечает"):
        restore_backup(backup)
