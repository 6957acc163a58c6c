"""Uniform numbers for worlds: a pure function of seed, path and block of worlds.

Every path owns its stream, keyed by its name, so nothing that is added to a scenario moves the draws of
anything else. A stream comes in blocks of `BLOCK` worlds, each an independent replicate of the same design.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path, UsageError, format_path

__all__ = [
    "BLOCK",
    "SAMPLERS",
    "SERIES",
    "sample_series",
    "sample_sobol",
    "sample_step",
    "sample_table",
    "sample_uniforms",
]

BLOCK = 256
"""Worlds in a block. Part of what a seed means: changing it changes every draw."""

SERIES = 16
"""Steps of a path that are drawn at once. Part of what a seed means, too."""

Uniforms = dict[Path, NDArray[np.float64]]


def sample_uniforms(paths: Sequence[Path], *, sampler: str, seed: int, block: int) -> Uniforms:
    """Draw one block of uniform numbers for each path.

    Parameters
    ----------
    paths : sequence of Path
        Their order does not matter.
    sampler : str
        A key of `SAMPLERS`.
    seed, block : int
        With the path, all that a draw depends on.

    Returns
    -------
    dict of Path to float64 array (BLOCK,)
        Strictly between 0 and 1.

    Raises
    ------
    UsageError
        If there is no such sampler.
    """
    if sampler not in SAMPLERS:
        raise UsageError(f"there is no sampler {sampler!r}; known: {', '.join(SAMPLERS)}")
    return SAMPLERS[sampler](paths, seed, block)


def sample_step(path: Path, *, sampler: str, seed: int, block: int) -> NDArray[np.float64]:
    """Draw one block of uniform numbers for something that happens on the way, by itself.

    Parameters
    ----------
    path : Path
    sampler : str
        ``random``, or any other for a Latin hypercube: what happens on the way is no dimension of a Sobol' sequence,
        whose worth lies in few of them, and alone would be its first, along with whatever quantity is that.
    seed, block : int

    Returns
    -------
    float64 array (BLOCK,)
        Strictly between 0 and 1.
    """
    return sample_uniforms([path], sampler=_on_the_way(sampler), seed=seed, block=block)[path]


def _on_the_way(sampler: str) -> str:
    return "lhs" if sampler == "sobol" else sampler


def sample_series(path: Path, part: int, *, sampler: str, seed: int, block: int) -> NDArray[np.float64]:
    """Draw one block of uniform numbers for each of some steps of a path.

    Parameters
    ----------
    path : Path
    part : int
        Which `SERIES` steps, counted from 0.
    sampler : str
        As for `sample_step`.
    seed, block : int

    Returns
    -------
    float64 array (SERIES, BLOCK)
        Strictly between 0 and 1.
    """
    rng = _stream(seed, f"{format_path(path)}|{part}", block)
    if _on_the_way(sampler) == "random":
        return _inside(rng.random((SERIES, BLOCK)))
    return _stratified(rng, (SERIES, BLOCK))


def sample_table(name: str, shape: tuple[int, ...], *, seed: int, part: int = 0) -> NDArray[np.float64]:
    """Draw independent uniform numbers for a purpose that is no path of a scenario: a design, a resampling.

    Parameters
    ----------
    name : str
        Of the purpose; each has its own stream.
    shape : tuple of int
    seed, part : int
        ``part`` tells replicates of the same purpose apart.

    Returns
    -------
    float64 array of this shape
        Strictly between 0 and 1.
    """
    return _inside(_stream(seed, f"{name}|table", part).random(shape))


def sample_sobol(name: str, n_points: int, n_dims: int, *, seed: int, part: int = 0) -> NDArray[np.float64]:
    """Scramble Sobol' points for a purpose that is no path of a scenario.

    Parameters
    ----------
    name : str
    n_points : int
        Balanced where a power of 2; any other number is a beginning of the next.
    n_dims : int
    seed, part : int
        ``part`` tells independent scrambles of the same purpose apart.

    Returns
    -------
    float64 array (point, dim)
        Strictly between 0 and 1. Scrambled as in `SAMPLERS`: by a linear matrix and a digital shift.
    """
    from scipy.stats import qmc

    scramble = np.random.default_rng(_key(seed, f"{name}|sobol", part))
    engine = qmc.Sobol(n_dims, scramble=True, rng=scramble)
    return _inside(engine.random_base2(max(n_points - 1, 1).bit_length())[:n_points])


def _latin_hypercube(paths: Sequence[Path], seed: int, block: int) -> Uniforms:
    """Put one point in each of `BLOCK` equal strata, in an order of each path's own (McKay et al. 1979)."""
    return {path: _stratified(_stream(seed, format_path(path), block)) for path in paths}


def _stratified(rng: np.random.Generator, shape: int | tuple[int, int] = BLOCK) -> NDArray[np.float64]:
    # argsort of uniforms, not Generator.permutation: only the raw stream is promised stable by numpy.
    order = np.argsort(rng.random(shape))
    return _inside((order + rng.random(shape)) / BLOCK)


def _independent(paths: Sequence[Path], seed: int, block: int) -> Uniforms:
    return {path: _inside(_stream(seed, format_path(path), block).random(BLOCK)) for path in paths}


def _sobol(paths: Sequence[Path], seed: int, block: int) -> Uniforms:
    """Scramble Sobol' points anew for each block; a path's dimension is its rank among the sorted paths.

    scipy scrambles by a random linear matrix and a digital shift (Matousek 1998), not by Owen's nested uniform scheme.
    """
    from scipy.stats import qmc

    ordered = sorted(paths, key=format_path)
    if not ordered:
        return {}
    scramble = np.random.default_rng(_key(seed, "sobol", block))  # qmc spawns from it, so it needs a seed sequence
    engine = qmc.Sobol(len(ordered), scramble=True, rng=scramble)
    points = _inside(engine.random(BLOCK))
    return {path: np.ascontiguousarray(points[:, k]) for k, path in enumerate(ordered)}


SAMPLERS: Mapping[str, Callable[[Sequence[Path], int, int], Uniforms]] = {
    "lhs": _latin_hypercube,
    "random": _independent,
    "sobol": _sobol,
}


def _stream(seed: int, name: str, block: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(key=_key(seed, name, block)))


def _key(seed: int, name: str, block: int) -> int:
    key = blake2b(f"negsim 1|{seed}|{name}|{block}|0".encode(), digest_size=16).digest()
    return int.from_bytes(key, "little")


_TINY = 2.0**-54


def _inside(uniform: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keep clear of 0 and 1, where inverse distribution functions are infinite."""
    return np.clip(uniform, _TINY, 1 - 2.0**-53)
