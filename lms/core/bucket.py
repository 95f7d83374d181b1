"""A bucket of an S3-compatible storage, as `LMS_FILES_URL` names it."""

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from lms.core.environment import StartError

SCHEMES = {"s3": "https", "s3+http": "http"}
FORM = (
    "LMS_FILES_URL: нужен адрес вида s3://ключ:секрет@хост/ведро, без TLS"
    " s3+http://…; знаки / + @ в ключе и секрете пишут как %2F %2B %40."
)
REGION = "us-east-1"


class BucketError(OSError):
    """The storage refuses or is silent; `strerror` says which, in Russian."""

    def __init__(self, said: str) -> None:
        super().__init__(errno.EIO, said)


@dataclass(frozen=True)
class Bucket:
    """Where a bucket is, and who may open it."""

    endpoint: str
    name: str
    folder: str
    region: str
    key: str
    secret: str = field(repr=False)

    @property
    def host(self) -> str:
        """Name the machine as people do."""
        return self.endpoint.partition("://")[2]


def read_files(env: Mapping[str, str]) -> Bucket | None:
    """Read where files are, in INSTANCE by default; a secret is never repeated."""
    url = env.get("LMS_FILES_URL") or ""
    if not url:
        return None
    try:
        bucket = _bucket(urlsplit(url))
    except ValueError:
        bucket = None
    if bucket is None or not all((bucket.host, bucket.name, bucket.key, bucket.secret)):
        raise StartError(FORM)
    return bucket


def _bucket(url: SplitResult) -> Bucket | None:
    if url.scheme not in SCHEMES or not url.hostname or url.port == 0:
        return None
    name, _, folder = url.path.strip("/").partition("/")
    host = url.netloc.rpartition("@")[2]
    return Bucket(
        endpoint=f"{SCHEMES[url.scheme]}://{host}",
        name=name,
        folder=folder,
        region=parse_qs(url.query).get("region", [REGION])[0],
        key=unquote(url.username or ""),
        secret=unquote(url.password or ""),
    )
