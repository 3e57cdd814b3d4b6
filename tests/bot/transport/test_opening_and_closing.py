"""Opening and closing, proxies, and certificates."""

import asyncio
import ssl
import subprocess
from pathlib import Path

import pytest
from telegram.error import NetworkError

from bot.transport import AiohttpRequest
from tests.bot.transport.servers import TOKEN, BotApi, Transport, bot_on, both, everything_told, method_url


@both
async def test_it_can_be_shut_down_and_opened_again_any_number_of_times(api: BotApi, transport: Transport) -> None:
    request = transport()
    await request.initialize()
    await request.initialize()
    await bot_on(api.url, request).send_message(7, "eins")
    await request.shutdown()
    await request.shutdown()
    with pytest.raises(NetworkError, match="not initialized"):
        await request.post(method_url(api.url))
    await request.initialize()
    await bot_on(api.url, request).send_message(7, "zwei")
    await request.shutdown()
    assert [fields["text"] for fields in api.fields] == ["eins", "zwei"]


def test_it_can_be_opened_in_one_event_loop_after_another() -> None:
    async def refused() -> bool:
        async with request:
            with pytest.raises(NetworkError):
                await request.post(method_url("http://127.0.0.1:1"))
        return True

    request = AiohttpRequest()
    assert [asyncio.run(refused()), asyncio.run(refused())] == [True, True]


async def test_calls_under_way_end_with_an_error_when_it_is_shut_down(api: BotApi) -> None:
    api.open.clear()
    request = AiohttpRequest()
    await request.initialize()
    call = asyncio.create_task(request.post(method_url(api.url)))
    await api.reached.wait()
    await request.shutdown()
    with pytest.raises(NetworkError) as caught:
        await call
    assert "SECRET" not in everything_told(caught.value)


async def test_a_proxy_given_by_name_is_asked(api: BotApi) -> None:
    async with AiohttpRequest(proxy=api.url) as request:
        await bot_on("http://api.telegram.invalid", request).send_message(7, "über den Proxy")
    assert api.calls[0].raw_path == f"http://api.telegram.invalid/bot{TOKEN}/sendMessage"


async def test_a_refusing_proxy_is_a_network_error_without_the_token(api: BotApi) -> None:
    # The server knows no CONNECT, as a proxy with a ban on the address would not.
    async with AiohttpRequest(proxy=api.url) as request:
        with pytest.raises(NetworkError, match="the proxy refused with status 404") as caught:
            await bot_on("https://api.telegram.invalid", request).send_message(7, "Hallo")
    assert "SECRET" not in everything_told(caught.value)


async def test_a_proxy_of_the_environment_is_not_asked(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    async with AiohttpRequest() as request:
        await bot_on(api.url, request).send_message(7, "geradewegs")
    assert api.fields[0]["text"] == "geradewegs"


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1080", "127.0.0.1:3128", "user:pass@proxy"])
def test_another_kind_of_proxy_is_refused_at_the_start(proxy: str) -> None:
    with pytest.raises(ValueError, match="http:// or https://") as caught:
        AiohttpRequest(proxy=proxy)
    assert proxy not in str(caught.value)


def test_a_pool_without_connections_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        AiohttpRequest(connection_pool_size=0)


def test_a_certificate_of_nobody_known_is_a_network_error_that_says_so(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
            ),
            *("-keyout", str(key), "-out", str(certificate), "-days", "2", "-subj", "/CN=localhost"),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    async def call() -> NetworkError:
        async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.close()

        server = await asyncio.start_server(hold, "127.0.0.1", 0, ssl=context)
        async with server, AiohttpRequest() as request:
            with pytest.raises(NetworkError) as caught:
                await request.post(method_url(f"https://localhost:{server.sockets[0].getsockname()[1]}"))
        return caught.value

    error = asyncio.run(call())
    assert "CERTIFICATE_VERIFY_FAILED" in str(error)
    assert "SECRET" not in everything_told(error)
