"""The ways out of the house. An operator's own gateway is any class with `send`, named in the settings."""

import json
import smtplib
from email.message import Message as Headers
from hashlib import sha256
from http.client import HTTPException
from typing import IO, Any, Protocol
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from gongjian.kernel.outbox.errors import GatewayDown, GatewayRefused
from gongjian.kernel.outbox.states import Channel

TIMEOUT = 10  # seconds for one step of the exchange
LONGEST_ANSWER = 64 * 1024
WORTH_ANOTHER_TRY = frozenset({408, 425, 429})


class Gateway(Protocol):
    """Hands one message over."""

    def send(self, *, to: str, title: str, text: str, key: str) -> str:
        """The provider's number of the message. key: the same at every try, so that the provider can drop a repetition.

        Raises: GatewayDown, GatewayRefused.
        """
        ...


class DemoGateway:
    """Sends nothing: the words stay in the outbox, where the demo's page shows them."""

    def send(self, *, to: str, title: str, text: str, key: str) -> str:
        return f"demo-{sha256(key.encode()).hexdigest()[:12]}"


class HttpGateway:
    """Text messages by a provider that takes JSON: `{"to", "text", "key"}` to SMS_GATEWAY_URL, `{"id"}` back."""

    def send(self, *, to: str, title: str, text: str, key: str) -> str:
        return post(settings.SMS_GATEWAY_URL, {"to": to, "text": text, "key": key}, key, settings.SMS_GATEWAY_TOKEN)


class WebhookGateway:
    """A notice to another system: `{"title", "text", "key"}` to the address that the message is directed to."""

    def send(self, *, to: str, title: str, text: str, key: str) -> str:
        return post(to, {"title": title, "text": text, "key": key}, key, "")


class MailGateway:
    """E-mail by the server of the settings. The Message-ID follows from the key: mail systems drop a repetition."""

    def send(self, *, to: str, title: str, text: str, key: str) -> str:
        number = f"<{sha256(key.encode()).hexdigest()[:32]}@gongjian>"
        mail = EmailMessage(title, text, settings.EMAIL_FROM, [to], headers={"Message-ID": number})
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            raise GatewayRefused("outbox.recipient_refused") from error
        except (smtplib.SMTPException, OSError) as error:
            raise GatewayDown("outbox.mail_server_down") from error
        return number


class NoRedirect(HTTPRedirectHandler):
    """A provider that sends us elsewhere is misconfigured: the words go nowhere but to the address in the settings."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Headers, newurl: str
    ) -> Request | None:
        return None


def post(url: str, content: dict[str, str], key: str, token: str) -> str:
    """Post JSON and read the number in the answer. Raises: GatewayDown, GatewayRefused."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise GatewayRefused("outbox.no_gateway_address")
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = Request(url, json.dumps(content, ensure_ascii=False).encode(), headers, method="POST")  # noqa: S310 scheme checked
    try:
        with opener().open(request, timeout=TIMEOUT) as answer:
            return number_in(answer.read(LONGEST_ANSWER))
    except HTTPError as error:
        error.close()
        down = error.code >= 500 or error.code in WORTH_ANOTHER_TRY
        raise (GatewayDown if down else GatewayRefused)(f"outbox.http_{error.code}") from error
    except (OSError, HTTPException) as error:
        raise GatewayDown("outbox.no_answer") from error


def number_in(answer: bytes) -> str:
    """The provider's number, empty when the answer has none: what was accepted stays accepted."""
    try:
        told: Any = json.loads(answer)
    except ValueError:
        return ""
    return str(told.get("id", ""))[:200] if isinstance(told, dict) else ""


def opener() -> OpenerDirector:
    return build_opener(NoRedirect)


def gateway_for(channel: Channel) -> Gateway:
    """The gateway of a channel. Raises: GatewayRefused when the operator has set none up."""
    if channel is Channel.EMAIL:
        return MailGateway()
    if channel is Channel.WEBHOOK:
        return WebhookGateway()
    if not settings.SMS_GATEWAY:
        raise GatewayRefused("outbox.no_gateway")
    gateway: Gateway = import_string(settings.SMS_GATEWAY)()
    return gateway
