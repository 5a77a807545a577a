"""What leads from a paper to its public check page: a short code, the address, and the QR code of that address.

Code and address say nothing about persons: the code is made of chance alone.
"""

import io

import segno

from gongjian.papers.errors import CheckCodeWrong

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 signs: no I, L, O or U, so that nothing is misread from paper."""
LENGTH = 12
_MISREAD = str.maketrans("ILO", "110")


def check_code(entropy: bytes) -> str:
    """The 12-character code made of 60 bits of chance, handed in as at least 8 random bytes; more are not used.

    Raises: ValueError for fewer bytes.
    """
    if len(entropy) < 8:
        raise ValueError("a check code needs 8 random bytes")
    number = int.from_bytes(entropy[:8], "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))


def read_check_code(typed: str) -> str:
    """The plain code of what a person typed: any case, spaces or dashes, I and L for 1, O for 0. Raises: CheckCodeWrong."""
    code = "".join(typed.replace("-", " ").split()).upper().translate(_MISREAD)
    if len(code) != LENGTH or set(code) - set(ALPHABET):
        raise CheckCodeWrong()
    return code


def spaced(code: str) -> str:
    """The code as printed for human eyes: ABCD-EFGH-JKMN."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def check_address(base: str, code: str) -> str:
    """The address in the QR code: the platform's own address (no slash at the end), `/check/` and the code."""
    return f"{base}/check/{read_check_code(code)}"


def qr_svg(address: str) -> bytes:
    """The QR code of an address as SVG (error correction M: a stamp or a fold does not blind it), without quiet zone."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", border=0, xmldecl=False, nl=False)
    return drawing.getvalue()
