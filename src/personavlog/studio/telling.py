"""Times, lengths and money in the page's words."""

from __future__ import annotations

import time

from personavlog.estimate.numbers import Span
from personavlog.studio.words import Words

_STEPS = ((60.0, 60.0, "minutes"), (3600.0, 3600.0, "hours"), (86400.0, 86400.0, "days"))
"""From so many seconds on, in so many a unit."""
_LONG_AGO = 30 * 86400.0


def ago(words: Words, at: float) -> str:
    """How long ago a moment was (seconds since 1970); the day itself where that is more than a month."""
    passed = time.time() - at
    if passed >= _LONG_AGO:
        return time.strftime("%Y-%m-%d", time.localtime(at))
    unit = next(((each, name) for least, each, name in reversed(_STEPS) if passed >= least), None)
    return words("ago.now") if unit is None else words(f"ago.{unit[1]}", count=int(passed // unit[0]))


def moment(at: float) -> str:
    """A moment (seconds since 1970) as the clock of this machine shows it."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at))


def duration(words: Words, seconds: float) -> str:
    """Such as "40 s", "12 min" or "1.5 h"."""
    if seconds < 90:
        return words("time.seconds", count=f"{seconds:.0f}")
    if seconds < 5400:
        return words("time.minutes", count=f"{seconds / 60:.0f}")
    return words("time.hours", count=f"{seconds / 3600:.1f}")


def time_span(words: Words, span: Span) -> str:
    """Such as "3 min – 12 min"; with "≥" where nobody knows the most."""
    low = duration(words, span.low)
    if span.high is None:
        return f"≥ {low}" if span.low else words("unknown")
    high = duration(words, span.high)
    return low if low == high else f"{low} – {high}"


def money_span(words: Words, span: Span) -> str:
    """Such as "$1.20 – $4.50"; with "≥" where a price is unknown."""
    if span.high is None:
        return f"≥ {dollars(span.low)}" if span.low else words("unknown")
    if not span.high:
        return words("free")
    low, high = dollars(span.low), dollars(span.high)
    return low if low == high else f"{low} – {high}"


def dollars(amount: float) -> str:
    """US dollars, with as many digits as a small sum needs."""
    return f"${amount:.2f}" if amount >= 0.1 or not amount else f"${amount:.4f}"


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
