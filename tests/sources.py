"""The source files of the project, as the tests of its rules read them."""

import ast
import subprocess
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("kotoutus_tui", "screens", "models")


@lru_cache
def modules(*packages: str) -> tuple[Path, ...]:
    """Every module of the packages, without alembic's revisions."""
    found = (file for package in packages or PACKAGES for file in (ROOT / package).rglob("*.py"))
    return tuple(sorted(file for file in found if "versions" not in file.parts))


@lru_cache
def tree(file: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def place(file: Path, node: ast.AST | None = None) -> str:
    """Where something stands, as an editor opens it."""
    line = f":{getattr(node, 'lineno', 1)}" if node else ""
    return f"{file.relative_to(ROOT)}{line}"


def called_name(call: ast.Call) -> str:
    """The last name of what is called: `notify` in `self.app.notify(…)`."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def committed_files() -> list[Path]:
    """Every file in git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name]
