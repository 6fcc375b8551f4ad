"""Reference values for TruncatedNormalTest, from mpmath 1.4.1 with 400 digits.

python3 truncated_normal.py > ../resources/org/hpo4j/math/truncated-normal.csv

Columns: function, p, a, b, value. Arguments are exact doubles; values have 25 digits. Phi(b) -
Phi(a) is taken from the continued fraction of mpmath's erfc where b is negative, so that no digit
is lost: with 400 digits even neighbouring doubles differ.
"""
import random

import mpmath as mp

mp.mp.dps = 400


def scaled_tail(x):
    """Phi(x) exp(x^2 / 2) for x <= 0."""
    t = -x / mp.sqrt(2)
    if t < 20:
        return mp.erfc(t) * mp.exp(t * t) / 2
    # The Laplace continued fraction of erfc, evaluated from the far end.
    value = mp.mpf(0)
    for k in range(4000, 0, -1):
        value = mp.mpf(k) / 2 / (t + value)
    return 1 / (t + value) / mp.sqrt(mp.pi) / 2


def log_mass(a, b):
    if a > 0:
        a, b = -b, -a
    if b <= 0:
        rest = scaled_tail(a) * mp.exp((b * b - a * a) / 2) if a > -mp.inf else 0
        return mp.log(scaled_tail(b) - rest) - b * b / 2
    return mp.log((mp.erf(b / mp.sqrt(2)) - mp.erf(a / mp.sqrt(2))) / 2)


def quantile(p, a, b):
    """By bisection on the exact mass."""
    low, high = a, b
    target = mp.log(p) + log_mass(a, b)
    for _ in range(200):
        middle = (low + high) / 2
        if log_mass(a, middle) < target:
            low = middle
        else:
            high = middle
    return low


def row(name, p, a, b, value):
    print("%s,%r,%r,%r,%s" % (name, p, a, b, mp.nstr(value, 25)))


def main():
    random.seed(1)
    print("# mpmath %s" % mp.__version__)
    for exponent in range(-100, 101, 4):
        for sign in (-1, 1):
            a = sign * float("1e%d" % exponent) * random.uniform(1, 9)
            for width in (1e-8, 0.1, 1.0, 30.0):
                b = a + width
                if b > a:
                    row("mass", 0.0, a, b, log_mass(mp.mpf(a), mp.mpf(b)))
            b = a + abs(a)
            row("mass", 0.0, min(a, b), max(a, b), log_mass(mp.mpf(min(a, b)), mp.mpf(max(a, b))))
    for _ in range(150):
        a = random.uniform(-40, 40)
        b = a + 10 ** random.uniform(-6, 2)
        row("mass", 0.0, a, b, log_mass(mp.mpf(a), mp.mpf(b)))
    for b in (-1e30, -1e4, -50.0, -38.5, -5.1, -4.9, -1.0, -1e-3, 1e-3, 1.0, 5.0, 8.0):
        row("cdf", 0.0, float("-inf"), b, log_mass(-mp.inf, mp.mpf(b)))
    for a, b in ((-1.0, 1.0), (-0.5, 40.0), (-9.0, -4.9), (-9.0, -5.1), (-40.0, -12.0),
                 (3.0, 3.5), (6.0, 60.0), (-300.0, -299.99), (1e4, 1.1e4), (-1e-3, 1e-3)):
        for p in (1e-12, 1e-3, 0.25, 0.5, 0.9, 0.999):
            row("quantile", p, a, b, quantile(mp.mpf(p), mp.mpf(a), mp.mpf(b)))


main()
