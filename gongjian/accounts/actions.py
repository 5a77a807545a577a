"""Writing accounts: codes by telephone, the account that a telephone opens, and the second factor."""

import secrets
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django_otp import match_token
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongjian.accounts.codes import DAY, DIGITS, MOST_ATTEMPTS, VALID, check_rate
from gongjian.accounts.errors import SecondFactorWrong
from gongjian.accounts.models import TelephoneCode, User
from gongjian.kernel import moment
from gongjian.kernel.fields import blind_index
from gongjian.kernel.ledger.actions import record
from gongjian.kernel.outbox.actions import send
from gongjian.kernel.outbox.states import Channel
from gongjian.law.identity import check_mobile

SYSTEM = "system"


@dataclass(frozen=True)
class SentCode:
    """A code on its way. key: of its message, for whoever hands it over at once; text: the code itself, never to be kept."""

    key: str
    text: str


@transaction.atomic
def send_code(telephone: str, *, address: str) -> SentCode:
    """Send a sign-in code to a mobile telephone, asked for at a network address.

    A code asked for anew ends the former ones that were asked for here; one asked for elsewhere stays good, or strangers could spoil it.
    Whether the telephone has an account is not told. Raises: MobileWrong, CodeTooSoon, CodeTooOften.
    """
    number, now = check_mobile(telephone), moment.now()
    index, here = blind_index(number, "telephone"), blind_index(address or "unknown", "address")
    _one_at_a_time(index)
    sent = list(
        TelephoneCode.objects.filter(telephone_index=index, sent_at__gt=now - DAY).values_list(
            "sent_at", "address_index"
        )
    )
    check_rate([at for at, where in sent if where == here], [at for at, _ in sent], at=now)
    asked_here = TelephoneCode.objects.filter(telephone_index=index, address_index=here, used_at=None)
    asked_here.filter(expires_at__gt=now).update(expires_at=now)
    text = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    row = TelephoneCode.objects.create(
        telephone_index=index,
        address_index=here,
        digest=_digest(index, text),
        sent_at=now,
        expires_at=now + VALID,
    )
    minutes = int(VALID.total_seconds() // 60)
    message = send(
        key=f"account:code/{row.pk}",
        channel=Channel.SMS,
        to=number,
        template="accounts.sign_in_code",
        context={"code": text, "minutes": minutes},
        chain="",
        by_office="",
    )
    return SentCode(message.key, text)


def tries_left(telephone: str) -> int:
    """How many guesses the newest code of a telephone still bears; 0: a new one is needed."""
    index = blind_index(check_mobile(telephone), "telephone")
    good = TelephoneCode.objects.filter(telephone_index=index, used_at=None, expires_at__gt=moment.now())
    newest = good.order_by("-id").first()
    return max(MOST_ATTEMPTS - newest.attempts, 0) if newest else 0


@transaction.atomic
def redeem_code(telephone: str, text: str) -> User | None:
    """The account of a telephone that this code was sent to, made on first use; None for a wrong, old or used code.

    Codes that several places have asked for are good side by side; five guesses spoil all of them, and one sign-in uses them up.
    Raises: MobileWrong.
    """
    number, now = check_mobile(telephone), moment.now()
    index = blind_index(number, "telephone")
    good = TelephoneCode.objects.select_for_update().filter(
        telephone_index=index, used_at=None, expires_at__gt=now, attempts__lt=MOST_ATTEMPTS
    )
    rows, given = list(good.order_by("id")), _digest(index, text.strip())
    these = TelephoneCode.objects.filter(pk__in=[row.pk for row in rows])
    if not [row for row in rows if constant_time_compare(row.digest, given)]:
        these.update(attempts=F("attempts") + 1)
        return None
    these.update(used_at=now)
    return _owner_of(number, index)


@transaction.atomic
def sweep_codes() -> int:
    """Forget codes older than a day; how many."""
    return TelephoneCode.objects.filter(sent_at__lt=moment.now() - DAY).delete()[0]


@transaction.atomic
def begin_second_factor(user: User) -> TOTPDevice:
    """A secret to be taken over into an authenticator; an unfinished one is offered again."""
    return TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "验证器"})[0]


@transaction.atomic
def confirm_second_factor(user: User, token: str) -> Device:
    """Switch the second factor on, once the authenticator has shown the right number. Raises: SecondFactorWrong."""
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
    if device is None or not device.verify_token(token.strip()):
        raise SecondFactorWrong
    device.confirmed = True
    device.save()
    record(SYSTEM, "account.second_factor_on", by=user)
    return device


def check_second_factor(user: User, token: str) -> Device:
    """The device that shows this number now; guesses are slowed down by the device itself. Raises: SecondFactorWrong."""
    device: Device | None = match_token(user, token.strip())
    if device is None:
        raise SecondFactorWrong
    return device


def _owner_of(number: str, index: str) -> User | None:
    known = User.objects.filter(telephone_index=index).first()
    if known:
        return known if known.is_active and known.kind == User.Kind.APPLICANT else None
    return User.objects.create_user(
        f"p-{index[:24]}",
        kind=User.Kind.APPLICANT,
        telephone=number,
        telephone_index=index,
        created_at=moment.now(),
    )


def _digest(index: str, text: str) -> str:
    return salted_hmac("gongjian.telephone-code", f"{index}/{text}", algorithm="sha256").hexdigest()


def _one_at_a_time(index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"telephone-code/{index}"])
