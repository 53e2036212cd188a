"""Writes a plan to a file in the form that other programs read."""

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from kotoutus_tui.i18n import _
from kotoutus_tui.rebalance.errors import BadProblem
from kotoutus_tui.rebalance.plan import Plan, Point

FORMAT = "rebalance-answer/1"


def write(plan: Plan, file: Path) -> None:
    """Write the answer; the file is whole or as before. Raises BadProblem when it cannot be written."""
    descriptor, name = -1, ""
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        with os.fdopen(descriptor, "w", encoding="ascii") as beside:
            beside.write(as_json(plan))
            beside.flush()
            os.fsync(beside.fileno())
        Path(name).replace(file)
    except OSError:
        if name:
            with suppress(OSError):
                Path(name).unlink()
        raise BadProblem(_("The file {name} cannot be written.").format(name=file.name)) from None


def as_json(plan: Plan) -> str:
    """Return the answer as JSON; what is the same in all divisions is encoded once."""
    names = [json.dumps(counsellor.id) for counsellor in plan.units.counsellors]
    # A household goes to the same counsellor as a whole, and most stay where they are in every division.
    clients = [[f"{json.dumps(client.id)}: " for client in members] for members in plan.units.members]

    def entry(unit: int, place: int) -> str:
        return ", ".join([client + names[place] for client in clients[unit]])

    lines = [entry(unit, place) for unit, place in enumerate(plan.at)]

    def assignment(at: list[int]) -> str:
        own = list(lines)
        for unit, (here, planned) in enumerate(zip(at, plan.at, strict=True)):
            if here != planned:
                own[unit] = entry(unit, here)
        return "{" + ", ".join(own) + "}"

    def point(one: Point) -> str:
        facts = {
            "at_most": one.at_most, "moves": one.moves, "load": one.worst, "bound": one.bound,
            "knee": one.knee,
        }  # fmt: skip
        return json.dumps(facts)[:-1] + f', "assignment": {assignment(one.at)}}}'

    return (
        f'{{"format": {json.dumps(FORMAT)},\n'
        f'"assignment": {assignment(plan.at)},\n'
        f'"frontier": [{(", " + chr(10)).join(point(one) for one in plan.frontier)}]}}\n'
    )
