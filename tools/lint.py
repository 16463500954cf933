"""Everything that reads the code without running it; each tool prints what it found, all of them run."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS = (
    [str(BIN / "ruff"), "check", "."],
    [str(BIN / "ruff"), "format", "--check", "-q", "."],
    [str(BIN / "lint-imports"), "--no-logo"],
    [str(BIN / "mypy"), "."],
    [str(BIN / "djlint"), "templates", "--lint", "--quiet"],
    [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run", "-v0"],
)


def main() -> int:
    environment = os.environ | {"KAM_TESTING": "1"}
    failed = [
        " ".join(Path(part).name for part in command[:2])
        for command in CHECKS
        if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    ]
    print("lint:", "failed: " + ", ".join(failed) if failed else "all clean")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
