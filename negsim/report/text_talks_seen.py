"""What was seen of talks, as text: how likely it was, what of the sample fits it, and what moved by it."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.errors import format_path
from negsim.report.days import day_words
from negsim.report.page import Column, Page
from negsim.report.paths import path_words
from negsim.report.talks_names import TalksNames, plain
from negsim.report.words import count
from negsim.scenario.inventory import list_quantities
from negsim.scenario.talks import Observation
from negsim.scenario.types import Scenario
from negsim.scenario.words import number_text
from negsim.talks.result import Conditioning, Moved, ObservationFound, TalksResult

__all__ = ["enough_sentence", "worlds_needed", "worst_observation", "write_seen"]

ENOUGH_WORLDS, ENOUGH_SHARE = 200, 0.1
"""An effective sample below either is small; as `Conditioning` says."""

_LARGE_SHARE = 0.5
"""Where as large a share of the worlds is left, a small sample is due to how few were drawn and to nothing seen."""

_MOST_WORLDS = 4_194_304

_MOST_MOVED = 10
_LIKELY, _LEFT, _FIGURE, _SHIFT, _NARROWEST = 12, 10, 8, 8, 26


def write_seen(page: Page, result: TalksResult, scenario: Scenario) -> None:
    """Say what was seen and how well the worlds fit it; nothing where nothing was observed."""
    found = result.conditioning
    if found is None:
        return
    page.heading("What was seen")
    page.paragraph(
        f"Up to {day_words(found.now)}. Each world counts by how likely it made what was seen. Likelihood: how likely"
        " it was beforehand, given what stands above it (of a count, a density). Left: the effective sample size after"
        f" it, of {count(result.n_worlds, 'world')}."
    )
    _write_observations(page, found, scenario)
    page.blank()
    page.paragraph(enough_sentence(found, result.n_worlds))
    _write_moved(page, found, scenario)


def _write_observations(page: Page, found: Conditioning, scenario: Scenario) -> None:
    width = page.style.width - 2 - _LIKELY - _LEFT - 2 * 2
    rows = [(_seen(one, scenario), _likelihood(one), f"{one.effective:,.0f}") for one in found.observations]
    page.blank()
    if width < _NARROWEST:
        for seen, likelihood, left in rows:
            page.item(f"{seen}: likelihood {likelihood}, left {left}")
        return
    columns = [
        Column("Seen", width=width),
        Column("Likelihood", figures=True, width=_LIKELY),
        Column("Left", figures=True, width=_LEFT),
    ]
    page.table(columns, rows, indent=2)


def _likelihood(one: ObservationFound) -> str:
    return number_text(float(f"{one.likelihood:.2g}"))


def _seen(one: ObservationFound, scenario: Scenario) -> str:
    """Say what was seen: by what it says of itself, else by what it is."""
    observed = scenario.talks.observed if scenario.talks else ()
    of_file = next((seen for seen in observed if seen.id == one.id), None)
    said = one.about or (_what(of_file, scenario) if of_file else plain(one.id))
    return said.rstrip(".")


def _what(seen: Observation, scenario: Scenario) -> str:
    names = TalksNames(scenario)
    if seen.session:
        return f"{names.session(seen.session)}: no agreement on a settlement"
    if seen.partial:
        where = f"concluded at {names.session(seen.at)}" if seen.at else "not concluded so far"
        return f"{names.partial(seen.partial)}: {where}"
    if seen.binomial is not None:
        drawn = path_words(seen.binomial.path, scenario)
        return f"{seen.binomial.hits:,} of {seen.binomial.trials:,}, by {drawn}"
    if seen.count is not None:
        return f"{names.event(seen.event)}: {count(seen.count, 'time')}"
    return f"{names.event(seen.event)}: {'happened' if seen.happened else 'did not happen'}"


def enough_sentence(found: Conditioning, n_worlds: int) -> str:
    """Say how many worlds the posterior rests on, and what to do where they are few."""
    left = f"In effect {found.effective:,.0f} of {count(n_worlds, 'world')} are left"
    if found.enough:
        return f"{left}, enough to go by."
    if found.effective >= _LARGE_SHARE * n_worlds:
        few = f"Warning: {count(n_worlds, 'world')} are too few to go by; in effect {found.effective:,.0f} are left."
        return " ".join([few, *_remedies(found, n_worlds)])
    return " ".join([f"Warning: {left[0].lower()}{left[1:]}, too few to go by.", *_remedies(found, n_worlds)])


def _remedies(found: Conditioning, n_worlds: int) -> Iterator[str]:
    """Ask for more worlds; blame what was seen only where that, not the number drawn, leaves few."""
    needed = worlds_needed(found.effective, n_worlds)
    if found.effective < ENOUGH_WORLDS and needed <= _MOST_WORLDS:
        yield f"--worlds {needed} would leave some {ENOUGH_WORLDS}."
    worst = worst_observation(found, n_worlds)
    if worst and found.effective < _LARGE_SHARE * n_worlds:
        yield (
            f"“{worst}” costs most of them: see whether it is meant so strictly, drop or soften it, or widen the ranges"
            " that it speaks against."
        )


def worlds_needed(effective: float, n_worlds: int) -> int:
    """Give the number of worlds, a power of 2, that would leave enough if the same share of them fits.

    >>> worlds_needed(38.2, 4096)
    32768
    """
    least = ENOUGH_WORLDS * n_worlds / max(effective, 1.0)
    return 1 << max(int(least) - 1, 1).bit_length()


def worst_observation(found: Conditioning, n_worlds: int) -> str:
    """Name the observation after which the effective sample is smaller by most worlds; empty where none shrinks it."""
    before, worst, most = float(n_worlds), "", 0.0
    for one in found.observations:
        if before - one.effective > most:
            worst, most = one.id, before - one.effective
        before = one.effective
    return worst


def _write_moved(page: Page, found: Conditioning, scenario: Scenario) -> None:
    """Set prior beside posterior for what moved most."""
    if not found.moved:
        return
    page.blank()
    page.paragraph(
        "What that says of the quantities: means before (prior) and after it (posterior), and by how many of its prior"
        " standard deviations each moved."
    )
    page.blank()
    width = page.style.width - 2 - 2 * _FIGURE - _SHIFT - 3 * 2
    rows = [_moved_row(one, scenario) for one in found.moved[:_MOST_MOVED]]
    if width < _NARROWEST:
        for name, prior, posterior, shift in rows:
            page.item(f"{name}: {prior}, then {posterior} ({shift} sd)")
        return
    columns = [
        Column("Quantity", width=width),
        Column("Prior", figures=True, width=_FIGURE),
        Column("Then", figures=True, width=_FIGURE),
        Column("Shift", figures=True, width=_SHIFT),
    ]
    page.table(columns, rows, indent=2)


def _moved_row(one: Moved, scenario: Scenario) -> list[str]:
    # Looked up, since the name of a level may hold a full stop of its own; coins are no quantities.
    paths = {format_path(named.path): named.path for named in list_quantities(scenario)}
    words = path_words(paths.get(one.path, tuple(one.path.split("."))), scenario)
    return [f"{words[0].upper()}{words[1:]}", _figure(one.prior), _figure(one.posterior), _shift(one.shift)]


def _figure(value: float) -> str:
    return number_text(float(f"{value:.3g}"))


def _shift(shift: float) -> str:
    text = f"{abs(shift):.2f}"
    return text if float(text) == 0 else f"{'+' if shift > 0 else '−'}{text}"
