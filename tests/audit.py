"""Whether anything that is installed has a known vulnerability: `make audit`.

Where no feed of vulnerabilities answers, it says that nothing was checked: «none known»
is said only after a feed has shown that it knows an old one.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
FEEDS = ("pypi", "osv")
LOCKED = ("requirements.txt", "requirements-test.txt")
# Published in 2021: a feed that does not know of it knows nothing.
VULNERABLE = "jinja2==2.11.2"
NOTHING_CHECKED = (
    "audit: NOTHING WAS CHECKED. No feed of vulnerabilities answers from here"
    " (tried: {}). Run `make audit` where pypi.org or osv.dev can be reached."
)
NONE_KNOWN = "audit: {} knows no vulnerability in what {} name."
PIP_AUDIT = (
    *(sys.executable, "-m", "pip_audit", "--strict", "--disable-pip"),
    *("--progress-spinner=off", "--desc=off", "--timeout=10"),
)


def audit(feed, *options):
    """Ask a feed about packages, all of which it has to know."""
    return subprocess.run(
        [*PIP_AUDIT, f"--vulnerability-service={feed}", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def answers(feed):
    """Tell a feed that can be reached and knows of an old vulnerability."""
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder) / "old.txt"
        old.write_text(f"{VULNERABLE}\n", encoding="utf-8")
        options = f"--requirement={old}", "--no-deps", f"--cache-dir={folder}"
        ended = audit(feed, "--format=json", *options)
    try:
        (package,) = json.loads(ended.stdout)["dependencies"]
    except ValueError:
        return False  # it says on the other stream why it cannot tell
    return bool(package["vulns"])


def main(feeds=FEEDS, locked=LOCKED):
    feed = next((feed for feed in feeds if answers(feed)), None)
    if feed is None:
        print(NOTHING_CHECKED.format(", ".join(feeds)))
        return 0
    files = [f"--requirement={name}" for name in locked]
    ended = audit(feed, "--require-hashes", *files)
    found = ended.stdout + ended.stderr
    print(found if ended.returncode else NONE_KNOWN.format(feed, " and ".join(locked)))
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main())
