"""Signing in three ways, tokens that nobody reads, one sentence for what goes wrong, an end in the middle."""

import asyncio
import logging
import stat
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from kotoutus_tui import clock, i18n, log, settings
from kotoutus_tui.cli import main
from kotoutus_tui.demo.graph.faults import Fault, Faults
from kotoutus_tui.demo.graph.mailbox import Mailbox
from kotoutus_tui.demo.graph.sign_in import CLIENT, TENANT
from kotoutus_tui.errors import KotoutusError, NotAllowed, SetupError, Unreachable
from kotoutus_tui.outlook import state
from kotoutus_tui.outlook.setup import setup_of
from kotoutus_tui.outlook.sign_in import BrowserSignIn, DeviceSignIn, access_token
from tests.cluster import OwnDatabase
from tests.outlook_desk import AINO, OutlookDesk, outlook_desk


@pytest.fixture
async def desk(database: OwnDatabase, tmp_path: Path) -> AsyncIterator[OutlookDesk]:
    with outlook_desk(database, tmp_path) as whole:
        yield whole
        await whole.aino.close()


async def _in_browser(address: str) -> str:
    """Press the button of the sign-in's page and return where it sends the browser."""
    async with httpx.AsyncClient() as browser:
        assert "Sign in as" in (await browser.get(address)).text
        return (await browser.post(address)).headers["location"]


async def test_three_ways_in_and_tokens_nobody_reads(
    desk: OutlookDesk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    log.start(type("Target", (), {"log_target": "file", "log_file": tmp_path / "log"})())  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        await access_token(desk.setup)
    # The browser's answer through ssh -L, then with its address pasted, then with somebody else's answer.
    setup = replace(desk.setup, port=18400)
    flow = BrowserSignIn(setup)
    address = await flow.begin()
    assert f"ssh -N -L {setup.port}:127.0.0.1:{setup.port} " in flow.command
    back = (await _in_browser(address)).replace("localhost", "127.0.0.1")
    async with httpx.AsyncClient() as browser:
        hearing = asyncio.ensure_future(flow.heard())
        short = await browser.get(flow.short_address.replace("localhost", "127.0.0.1"))
        assert short.headers["location"] == address
        assert (await browser.get(back)).status_code == 200
    await flow.finish(await hearing)
    for told, passes in ((lambda back: back, True), (lambda back: back.replace("state=", "state=x"), False)):
        again = BrowserSignIn(setup)
        try:
            await again.finish(told(await _in_browser(await again.begin())))
        except KotoutusError:
            assert not passes
        else:
            assert passes
    assert (await access_token(setup)).startswith("access-")
    # A code, unless the office does not let codes in.
    desk.graph.sign_in.device_code_blocked = True
    with pytest.raises(NotAllowed) as blocked:
        await DeviceSignIn(setup).begin()
    assert "AADSTS53003" in blocked.value.sentence
    desk.graph.sign_in.device_code_blocked = False
    await desk.sign_in()
    # Files that nobody else reads, and that tell nothing to who reads them.
    for name in ("tokens", "key"):
        assert stat.S_IMODE((setup.keys / name).stat().st_mode) == 0o600
    kept = (setup.keys / "tokens").read_text("ascii")
    assert "access-" not in kept and "refresh-" not in kept and AINO not in kept
    await desk.make()
    desk.graph.faults = Faults(requests={0: Fault("refuse", 500)})
    await desk.push()
    written = (tmp_path / "log").read_text()
    assert "access-" not in written and "refresh-" not in written
    ours = [each.getMessage() for each in caplog.records if not each.name.startswith("msal")]
    assert not any("access-" in each or "refresh-" in each for each in ours)
    (setup.keys / "key").unlink()
    with pytest.raises(NotAllowed):
        await access_token(setup)
    state.forget(setup)
    assert not (setup.keys / "tokens").exists()


async def test_the_offices_certificate_signs_in(desk: OutlookDesk, tmp_path: Path) -> None:
    file = tmp_path / "office.pem"
    file.write_text(_certificate(), "ascii")
    file.chmod(0o644)
    setup = replace(desk.setup, certificate=file, mailbox=AINO)
    with pytest.raises(SetupError):
        await access_token(setup)
    file.chmod(0o640)
    with pytest.raises(NotAllowed):
        await access_token(setup)  # not registered
    desk.graph.sign_in.certificate = file.read_text("ascii").partition("-----END PRIVATE KEY-----\n")[2]
    desk.setup = setup
    await state.turn_on(desk.aino, setup, "busy")
    await desk.make()
    await desk.push()
    assert desk.days() == ["01.02. 10.00"]
    desk.setup = replace(setup, mailbox="bilal@city.example")
    await desk.make(1)
    with pytest.raises(SetupError):
        await desk.push()  # outside what the office lets this application see
    assert desk.waiting() == 1


async def test_what_goes_wrong_is_one_sentence_and_what_waits_is_kept(desk: OutlookDesk) -> None:
    await desk.sign_in()
    await desk.make()
    signing = desk.graph.sign_in
    for token, (user, _until) in signing.tokens.items():
        signing.tokens[token] = user, clock.now() - timedelta(seconds=1)
    signing.consent = False
    with pytest.raises(NotAllowed):
        await desk.push()
    signing.consent = True
    desk.graph.faults = Faults(requests=dict.fromkeys(range(50), Fault("refuse", 429, 200)))
    with pytest.raises(Unreachable) as throttled:
        await desk.push()
    assert "3" in throttled.value.next_step and sum(desk.slept) < 300
    desk.graph.faults = Faults()
    kept = desk.graph.mailboxes.pop(AINO)
    with pytest.raises(SetupError):
        await desk.push()
    setup, desk.setup = desk.setup, replace(desk.setup, endpoint="http://127.0.0.1:9/v1.0")
    with pytest.raises(Unreachable):
        await desk.push()
    assert desk.waiting() == 1
    # Afterwards it goes through, and an expired token is renewed without a word.
    desk.setup, desk.graph.mailboxes[AINO] = setup, kept
    assert (await desk.push()).done == 1 and desk.days() == ["01.02. 10.00"]


async def test_an_end_in_the_middle_loses_nothing(
    desk: OutlookDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {
        "DATABASE": desk.database.as_login("aino"), "STATE_DIR": str(tmp_path), "OUTLOOK_CLIENT": CLIENT,
        "OUTLOOK_TENANT": TENANT, "OUTLOOK_AUTHORITY": desk.graph.address,
        "OUTLOOK_ENDPOINT": desk.graph.endpoint,
    }  # fmt: skip
    for name, value in given.items():
        monkeypatch.setenv(f"KOTOUTUS_{name}", value)
    desk.setup = setup_of(settings.load())
    await desk.sign_in()
    for number in range(21):
        await desk.make(number)
    command = [sys.executable, "-m", "kotoutus_tui", "outlook", "push"]
    await asyncio.to_thread(_end_after, command, desk.mailbox, 20)
    assert 0 < desk.waiting() <= 21
    desk.do("update app.outlook_mailbox set claimed_until = now()")  # half a minute later
    for words, code in (("status", 0), ("push --dry-run", 0), ("push", 0), ("changes", 0)):
        assert await asyncio.to_thread(main, ["outlook", *words.split()]) == code
    i18n.install("fi")
    told = capsys.readouterr().out
    assert AINO in told and '"sensitivity": "private"' in told and "Salainen" not in told
    assert len(desk.days()) == desk.mailbox.posts == 21 and desk.waiting() == 0


def _end_after(command: list[str], mailbox: Mailbox, posts: int) -> None:
    """Kill the program as soon as so many events were made."""
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while mailbox.posts < posts and program.poll() is None:
        time.sleep(0.005)
    program.kill()
    program.communicate()


def _certificate() -> str:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "kotoutus")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(clock.now()).not_valid_after(clock.now() + timedelta(days=9))
        .sign(key, SHA256())
    )  # fmt: skip
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private.decode() + made.public_bytes(Encoding.PEM).decode()
