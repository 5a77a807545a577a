"""Numbers of persons as pages show them where the step does not need them in full."""

MASK = "*"


def number_masked(number: str) -> str:
    """An identity number with its middle hidden: 990101********0010. Shorter document numbers keep a third in front and a quarter behind."""
    return _masked(number, front=min(6, len(number) // 3), back=min(4, len(number) // 4))


def telephone_masked(telephone: str) -> str:
    """A telephone with its middle hidden: 199****0001."""
    front = min(3, len(telephone) // 3)
    return _masked(telephone, front=front, back=min(4, (len(telephone) - front) // 2))


def _masked(text: str, *, front: int, back: int) -> str:
    return text[:front] + MASK * (len(text) - front - back) + (text[-back:] if back else "")
