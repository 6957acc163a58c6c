"""Build the site: ``python -m docs.site.build [FOLDER]``. Every warning is an error."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

__all__ = ["build"]

ROOT = Path(__file__).parent.parent.parent


def build(folder: Path) -> int:
    """Write the site into a folder, in place of what is there; give the exit code of Sphinx, 0 if all is well."""
    from sphinx.cmd.build import build_main

    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as kept:
        options = ["--quiet", "--fail-on-warning", "--keep-going", "--builder", "html"]
        where = ["--conf-dir", str(Path(__file__).parent), "--doctree-dir", kept, str(ROOT), str(folder)]
        code: int = build_main([*options, *where])
    (folder / ".buildinfo").unlink(missing_ok=True)
    return code


def main() -> int:
    """Build where the command says, or in build/site."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "site"
    code = build(folder)
    if code == 0:
        sys.stdout.write(f"Open {folder / 'index.html'}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
