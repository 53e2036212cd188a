"""Refuses to start with a broken rule file, without reading the files again while they are unchanged."""

import os
from contextlib import suppress
from pathlib import Path

_RULES = Path(__file__).with_name("rules")
# What decides whether a file is sound: the files, what reads them, and the names they may use.
_READERS = ("deadline_marks.py", "facts.py")


def require_sound_rules(state_dir: Path, folder: Path = _RULES) -> None:
    """Raise SetupError with file, line and reason when a rule file has an error.

    Reading takes a twentieth of the time to the first screen, so what was found sound is remembered in
    `state_dir`, by the times and sizes of the files.
    """
    stamp, memory = _stamp(folder), state_dir / "rules-checked"
    with suppress(OSError, UnicodeDecodeError):
        if memory.read_text("utf-8") == stamp:
            return
    from kotoutus_tui.casework.rules import read_folder

    read_folder(folder)
    # Without a place to write the rules are read at every start.
    with suppress(OSError):
        state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = memory.with_name(f"{memory.name}.{os.getpid()}")
        unfinished.write_text(stamp, "utf-8")
        unfinished.replace(memory)


def _stamp(folder: Path) -> str:
    files = sorted(entry for entry in folder.iterdir() if entry.suffix in (".toml", ".py"))
    files += [Path(__file__).with_name(name) for name in _READERS]
    return "\n".join(f"{file} {(s := file.stat()).st_mtime_ns} {s.st_size}" for file in files)
