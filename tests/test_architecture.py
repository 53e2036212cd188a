"""The rules of the house that a linter does not know; each failure names the place."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources import PACKAGES, ROOT, called_name, committed_files, modules, place, tree

# The only places that may catch every error, each with its reason.
BOUNDARIES = {
    "kotoutus_tui/cli/__init__.py": "the end of every command: one sentence instead of a traceback",
    "kotoutus_tui/head_start.py": "hands the error of a thread to whoever awaits its result",
    "screens/app.py": "one draft that cannot be saved must not keep the others from being saved",
    "screens/base.py": "a screen that cannot be read says so and stays",
    "screens/frame_screen.py": "a command or a handler that fails is told and does not end the session",
    "screens/safe_app.py": "a key whose command fails is told and does not end the session",
    "screens/widgets/line_list.py": "an error in a background read is told instead of ending the screens",
    "screens/widgets/windows.py": "hands the error of a read to the list, which shows it",
}
LONGEST_MODULE = 330
HEAVY = {
    "sqlmodel", "sqlalchemy", "alembic", "openpyxl", "httpx", "icalendar", "phonenumbers", "holidays",
    "jinja2", "vobject",
}  # fmt: skip
# Widgets and methods that read markup in a plain string, so that a built string may hide some.
MARKUP_READERS = {
    "Button", "Checkbox", "Collapsible", "Label", "Link", "Option", "OptionList", "RadioButton", "Select",
    "Selection", "SelectionList", "Static", "Tab", "TabPane", "Toast", "Tree",
    "from_markup", "notify", "update",
}  # fmt: skip
MARKUP_ATTRIBUTES = {"border_title", "border_subtitle", "tooltip"}


def test_every_module_says_what_it_is() -> None:
    silent = [place(file) for file in modules(*PACKAGES, "tests") if not ast.get_docstring(tree(file))]
    assert not silent, "\n".join(["without docstring:", *silent])


def test_modules_stay_small() -> None:
    long = [place(file) for file in modules() if len(file.read_text().splitlines()) > LONGEST_MODULE]
    assert not long, "\n".join([f"more than {LONGEST_MODULE} lines:", *long])


def test_only_the_clock_asks_for_the_time() -> None:
    asking = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")} | {
        ("time", "time"), ("time", "localtime"), ("time", "gmtime"), ("time", "strftime"),
    }  # fmt: skip
    wrong = [
        place(file, node)
        for file in modules()
        if file.name != "clock.py"
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute) and (_base_name(node), node.attr) in asking
    ]
    assert not wrong, "\n".join(["use kotoutus_tui.clock:", *wrong])


def test_only_commands_print() -> None:
    wrong = [
        place(file, call)
        for file in modules()
        if "cli" not in file.parts
        for call in _calls(file)
        if isinstance(call.func, ast.Name) and call.func.id in ("print", "pprint", "breakpoint")
    ]
    assert not wrong, "\n".join(wrong)


def test_every_error_is_caught_only_at_the_boundaries() -> None:
    found = {
        place(file)
        for file in modules()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ExceptHandler) and _is_broad(node)
    }
    assert found <= BOUNDARIES.keys(), f"no boundary: {sorted(found - BOUNDARIES.keys())}"
    assert found >= BOUNDARIES.keys(), f"allowed without need: {sorted(BOUNDARIES.keys() - found)}"


def test_screens_know_no_database_and_no_network() -> None:
    forbidden = {"sqlalchemy", "sqlmodel", "psycopg", "httpx", "alembic", "models", "socket", "urllib"}
    wrong = [
        place(file, node) for file in modules("screens") for node, name in _imports(file) if name in forbidden
    ]
    assert not wrong, "\n".join(wrong)


def test_heavy_libraries_are_imported_late() -> None:
    """At the top of a module of kotoutus_tui each would cost every start of the program."""
    wrong = [
        f"{place(file, node)} {name}"
        for file in modules("kotoutus_tui")
        for node, name in _imports(file, tree(file).body)
        if name in HEAVY
    ]
    assert not wrong, "\n".join(wrong)


def test_built_strings_reach_no_markup() -> None:
    """A string built from data goes through screens.safe, which never reads markup."""
    wrong = [
        place(file, value)
        for file in modules("screens")
        for value in (*_arguments_that_read_markup(file), *_attributes_that_read_markup(file))
        if _is_built(value)
    ]
    assert not wrong, "\n".join(["give it through screens.safe:", *wrong])


@pytest.mark.parametrize("arguments", [["--help"], ["settings"], ["db", "--help"], ["--version"]])
def test_commands_load_no_textual(arguments: list[str]) -> None:
    loaded = _loaded_after(f"from kotoutus_tui.cli import main; main({arguments!r})")
    assert not loaded & {"textual", "rich", "screens"}


def test_help_loads_no_database_and_no_settings_library() -> None:
    loaded = _loaded_after("from kotoutus_tui.cli import main; main(['--help'])")
    assert not loaded & (HEAVY | {"psycopg", "models", "pydantic", "babel"})


def test_logic_loads_no_textual() -> None:
    names = [
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for file in modules("kotoutus_tui")
        if file.stem != "__main__"
    ]
    loaded = _loaded_after("\n".join(f"import {name}" for name in names))
    assert not loaded & {"textual", "rich", "screens"}


@pytest.mark.skipif(not (ROOT / "screens" / "app.py").exists(), reason="there are no screens yet")
def test_first_screen_waits_for_no_heavy_library() -> None:
    assert not _loaded_after("import kotoutus_tui.settings, psycopg, screens.app") & (
        HEAVY | {"models", "babel"}
    )


def test_no_file_names_a_package_registry() -> None:
    """Where packages come from is a matter of each machine, not of the project."""
    hosts = ["pypi" + ".org", "python" + "hosted", "npm" + "js.", "crates" + ".io", "deb." + "debian"]
    wrong = [
        f"{place(file)}: {host}"
        for file in committed_files()
        if file.is_file()
        for host in hosts
        if host.encode() in file.read_bytes()
    ]
    assert not wrong, "\n".join(wrong)


def test_readme_maps_every_folder() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    if not readme:
        pytest.skip("the README is not written yet")
    folders = {file.parent.relative_to(ROOT) for file in (*modules(), *modules("tests"))}
    missing = sorted(
        f"{folder}/" for folder in folders if f"{folder}/" not in readme and f"{folder.name}/" not in readme
    )
    assert not missing, f"not in the code map of the README: {missing}"


def _calls(file: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree(file)) if isinstance(node, ast.Call))


def _base_name(node: ast.Attribute) -> str:
    return node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")


def _is_broad(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or getattr(kind, "id", "") in ("Exception", "BaseException") for kind in caught)


def _imports(file: Path, body: list[ast.stmt] | None = None) -> Iterator[tuple[ast.stmt, str]]:
    """Every import of a module, or of `body` alone, with the name of the package."""
    for node in body if body is not None else ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node, name.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module.partition(".")[0]


def _arguments_that_read_markup(file: Path) -> Iterator[ast.expr]:
    for call in _calls(file):
        if called_name(call) in MARKUP_READERS and not _has_markup_off(call):
            yield from call.args
            yield from (
                keyword.value for keyword in call.keywords if keyword.arg not in ("id", "classes", "name")
            )


def _attributes_that_read_markup(file: Path) -> Iterator[ast.expr]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Attribute) and target.attr in MARKUP_ATTRIBUTES for target in node.targets
        ):
            yield node.value


def _has_markup_off(call: ast.Call) -> bool:
    return any(
        keyword.arg == "markup" and isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        for keyword in call.keywords
    )


def _is_built(value: ast.expr) -> bool:
    if isinstance(value, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in value.values)
    if isinstance(value, ast.BinOp):
        return isinstance(value.op, ast.Add | ast.Mod) and (_has_text(value.left) or _has_text(value.right))
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return False
    # Content has a join of its own, which reads no markup.
    return value.func.attr == "format" or (value.func.attr == "join" and _has_text(value.func.value))


def _has_text(value: ast.expr) -> bool:
    return isinstance(value, ast.JoinedStr) or (
        isinstance(value, ast.Constant) and isinstance(value.value, str)
    )


def _loaded_after(code: str) -> set[str]:
    """Return the top names of the modules that a fresh Python has loaded after `code`."""
    report = "import sys; print('LOADED', *{name.partition('.')[0] for name in sys.modules})"
    script = f"import contextlib\nwith contextlib.suppress(SystemExit):\n{_indented(code)}\n{report}"
    # In English no catalogue is read; one that is not compiled yet would need babel.
    environment = os.environ | {"KOTOUTUS_LANGUAGE": "en"}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT, env=environment
    )
    found = re.search(r"^LOADED (.*)$", done.stdout, re.MULTILINE)
    assert found, done.stderr
    return set(found.group(1).split())


def _indented(code: str) -> str:
    return "\n".join(f"    {line}" for line in code.splitlines())
