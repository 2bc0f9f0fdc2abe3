"""Noise is normal, the seed's, and never the same pair of draws twice in a row."""

from itertools import islice, pairwise
from statistics import mean, stdev

from simulators.chance import NOISES, chance, noise


def test_noise_is_normal_with_mean_zero_and_deviation_one():
    draws = list(islice(noise(chance("a")), NOISES))

    assert abs(mean(draws)) < 0.05
    assert abs(stdev(draws) - 1) < 0.05
    assert 0.66 < sum(1 for value in draws if abs(value) < 1) / NOISES < 0.70
    assert abs(mean(one * other for one, other in pairwise(draws))) < 0.05


def test_noise_is_the_seeds_and_goes_on_without_end():
    one, same, other = (list(islice(noise(chance(seed)), 3 * NOISES)) for seed in ("a", "a", "b"))

    assert one == same
    assert one[:100] != other[:100]
    assert one[:NOISES] == one[NOISES : 2 * NOISES]
