"""Reference values for SignedRankTest, from scipy 1.17.1.

python3 signed_rank.py > ../resources/org/hpo4j/math/signed-rank.csv

Columns: how scipy found the p-value, the p-value, the differences separated by spaces. "exact" is
scipy's exact law, which knows no ties; "permutation" goes through all patterns of signs, so ties
and zeros are exact; "asymptotic" is the normal approximation, with ties but without zeros.
"""
import numpy as np
import scipy
from scipy.stats import PermutationMethod, wilcoxon


def row(how, differences):
    method = {"exact": "exact", "asymptotic": "asymptotic",
              "permutation": PermutationMethod(n_resamples=np.inf)}[how]
    p = wilcoxon(differences, alternative="greater", zero_method="zsplit", correction=False,
                 method=method).pvalue
    print("%s,%r,%s" % (how, float(p), " ".join(repr(float(d)) for d in differences)))


def main():
    rng = np.random.default_rng(1)
    print("# scipy %s" % scipy.__version__)
    for n in (1, 2, 3, 5, 8, 13, 20, 35, 50):
        for shift in (-0.5, 0, 0.5):
            row("exact", rng.normal(shift, 1, n).round(6))
    for n in (2, 4, 7, 10, 12):
        for levels in (2, 3, 5):
            row("permutation", rng.integers(-levels, levels + 2, n) / 4)
    for n in (51, 80, 200):
        for shift in (-0.2, 0, 0.3):
            row("asymptotic", rng.normal(shift, 1, n).round(6))
            ties = rng.integers(1, 9, n) * rng.choice([-1, 1, 1], n)
            row("asymptotic", ties / 4)


main()
