"""Times and money in words."""

from __future__ import annotations

from personavlog.studio.words import Words


def lasts(words: Words, seconds: float) -> str:
    """A length of time: "1 min 05 s", "12 s", "4.2 s"."""
    if round(seconds) >= 60:
        minutes, rest = divmod(round(seconds), 60)
        return words("length.minutes", minutes=minutes, seconds=f"{rest:02d}")
    return words("length.seconds", seconds=f"{seconds:.0f}" if seconds >= 10 or seconds == 0 else f"{seconds:.1f}")


def clock(seconds: float) -> str:
    """A time in a film: "1:05"."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def costs(words: Words, seconds: float | None, price: tuple[float, float] | None) -> str:
    """What work takes: "about 12 s, $0.10 to $0.20"; "" where that is nothing worth saying."""
    said = [words("cost.time", time=lasts(words, seconds))] if seconds else []
    if price is None:
        said.append(words("cost.unknown-price"))
    elif price[1] > 0:
        low, high = (f"${amount:.2f}" for amount in price)
        said.append(low if low == high else words("cost.price", low=low, high=high))
    return words("cost.and").join(said)
