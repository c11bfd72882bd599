"""The tables of scripts.py: what is counted over the films of each half, with the aim beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from script_films import LOOKED_AT, ONLY_RUN, Film

SHARED = 4
"""Two films tell one story when so many of their beats are equal."""
ALIKE = 0.6
"""Two beats without their themes' words are alike when so much of their words together is in both (Jaccard)."""
SOUND = 4
"""The mark from which a criterion is sound."""
READ = ("en", "zh")
"""Languages that a writer without a model is asked to read."""

Sameness = Callable[[Film, Film], int]


def table(films: Sequence[Film]) -> list[str]:
    """Markdown: a row a measure, a column a half, then the aim."""
    halves = [[film for film in films if film.half == half] for half in (LOOKED_AT, ONLY_RUN)]
    columns = [dict(rows(half)) for half in halves]
    names = list(dict.fromkeys(name for column in columns for name in column))
    lines = [f"| Measure | {LOOKED_AT} | {ONLY_RUN} | aim ({ONLY_RUN}) |", "|---|---|---|---|"]
    return lines + [
        f"| {name} | {columns[0].get(name, '-')} | {columns[1].get(name, '-')} | {AIMS.get(name, '')} |"
        for name in names
    ]


def rows(films: Sequence[Film]) -> Iterator[tuple[str, str]]:
    """The measures of one half, in the order of the table."""
    if not films:
        return
    written = [film for film in films if not film.refused]
    yield "themes", str(len({film.theme for film in films}))
    yield "films written", _of(len(written), len(films))
    unwritten = [film for film in films if film.refused]
    for called, some in (
        ("English or Chinese", [film for film in unwritten if film.language in READ]),
        ("other languages", [film for film in unwritten if film.language not in READ]),
    ):
        why = ", ".join(f"{name} {n}" for name, n in Counter(film.refused for film in some).most_common())
        yield f"no film, {called}", f"{len(some)} ({why})" if why else "0"
    yield from _coverage([film for film in films if not film.refused or film.language in READ])
    yield from _sameness(written)
    yield from _sentences(written)
    yield from _seeds(written)
    yield from _approvals(written)
    said = Counter(film.understood for film in films if not film.refused and film.understood)
    for what, count in sorted(said.items()):
        yield f"writer {what}", _of(count, len(written))
    yield "processor seconds a script, mean", f"{sum(f.seconds for f in written) / max(1, len(written)):.2f}"


def _coverage(films: Sequence[Film]) -> Iterator[tuple[str, str]]:
    """A theme in English or Chinese that was not written counts as a film that names nothing."""
    boards = [board for film in films for board in film.boards]
    lines = [line for film in films for line in film.lines]
    yield "boards that name a word of the theme", _of(sum(boards), len(boards))
    yield BARE, _of(sum(not any(film.boards) for film in films), len(films))
    for languages, called in ((READ, "English and Chinese"), (None, "other languages")):
        some = [film for film in films if (film.language in READ) == (languages is not None)]
        yield f"the same, {called}", _of(sum(not any(film.boards) for film in some), len(some))
    yield "lines that name a word of the theme", _of(sum(lines), len(lines))
    silent = [film for film in films if not any((*film.boards, *film.lines))]
    yield "films in which neither board nor line does", _of(len(silent), len(films))


def _sameness(films: Sequence[Film]) -> Iterator[tuple[str, str]]:
    pairs = [(one, two) for one, two in combinations(films, 2) if one.theme != two.theme and one.seed == two.seed]
    for name, same in (
        (PAIRS, _equal),
        ("the same, beats without the theme's words", _bare),
        (f"the same, {ALIKE:.0%} of those words", _alike),
    ):
        yield name, _of(sum(same(one, two) >= SHARED for one, two in pairs), len(pairs), digits=1)


def _equal(one: Film, two: Film) -> int:
    return (Counter(one.beats) & Counter(two.beats)).total()


def _bare(one: Film, two: Film) -> int:
    """At least those that are equal as written: a word may be one theme's own and not the other's."""
    bare = Counter(map(tuple, one.skeletons)) & Counter(map(tuple, two.skeletons))
    return max(bare.total(), _equal(one, two))


def _alike(one: Film, two: Film) -> int:
    """Beats of ``one`` with a partner of their own in ``two``, taken in order; at least ``_bare``."""
    free, found = [frozenset(beat) - {""} for beat in two.skeletons], 0
    for beat in (frozenset(beat) - {""} for beat in one.skeletons):
        partner = next((n for n, other in enumerate(free) if _near(beat, other)), None)
        if partner is not None:
            del free[partner]
            found += 1
    return max(found, _bare(one, two))


def _near(one: frozenset[str], two: frozenset[str]) -> bool:
    return bool(one) and len(one & two) >= ALIKE * len(one | two)


def _sentences(films: Sequence[Film]) -> Iterator[tuple[str, str]]:
    for name, parts in (
        (SENTENCES, [(film.theme, film.spoken) for film in films]),
        ("the same, without the theme's words", [(film.theme, film.spoken_skeletons) for film in films]),
    ):
        users = defaultdict(set)
        for theme, said in parts:
            for one in said:
                users[one].add(theme)
        spoken = [one for _, said in parts for one in said]
        yield name, _of(sum(len(users[one]) > 1 for one in spoken), len(spoken))


def _seeds(films: Sequence[Film]) -> Iterator[tuple[str, str]]:
    by_theme = defaultdict(list)
    for film in films:
        by_theme[film.theme].append(film)
    pairs = [pair for some in by_theme.values() for pair in combinations(some, 2)]
    if not pairs:
        return
    for called, same in (("", _equal), (", without the theme's words", _bare)):
        shared = [same(one, two) for one, two in pairs]
        yield f"beats that two seeds of a theme share, mean of 6{called}", f"{sum(shared) / len(shared):.2f}"
        yield f"themes whose two seeds share more than 3 beats{called}", _of(sum(n > 3 for n in shared), len(shared))


def _approvals(films: Sequence[Film]) -> Iterator[tuple[str, str]]:
    for pair in dict.fromkeys(pair for film in films for pair in film.pairs):
        ones = [film.pairs[pair] for film in films if pair in film.pairs]
        yield f"{pair}: approved", _of(sum(one.approved for one in ones), len(ones))
        yield f"{pair}: sent back at least once", _of(sum(one.rounds > 1 for one in ones), len(ones))
        marks = [mark for one in ones for mark in one.marks.values()]
        yield f"{pair}: mean mark", f"{sum(marks) / max(1, len(marks)):.2f}"
        low = Counter(criterion for one in ones for criterion, mark in one.marks.items() if mark < SOUND)
        yield f"{pair}: films by criterion under {SOUND}", ", ".join(f"{c} {n}" for c, n in low.most_common()) or "none"


def _of(count: int, whole: int, digits: int = 0) -> str:
    return f"{count} of {whole} ({count / max(1, whole):.{digits}%})"


BARE = "films in which no board names one"
PAIRS = f"pairs of themes that share {SHARED} or more of 6 beats"
SENTENCES = "spoken sentences that two or more themes use"
AIMS = {
    BARE: "at most 5 %",
    PAIRS: "at most 0.2 %",
    SENTENCES: "at most 10 %",
    "themes whose two seeds share more than 3 beats": "none",
}
