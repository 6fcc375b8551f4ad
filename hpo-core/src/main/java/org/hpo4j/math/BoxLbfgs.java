package org.hpo4j.math;

/**
 * Minimizes a smooth function in a box: the quasi-Newton method of limited memory, projected.
 *
 * <p>Notation: x the point, g its gradient, H the approximate inverse of the Hessian by the last
 * few pairs s = x' - x and y = g' - g. A variable is fixed while it lies on a bound that g pushes
 * it against; the step d = -H g is taken in the others, then projected onto the box.
 *
 * <p>Sources: the two-loop recursion of Nocedal, "Updating quasi-Newton matrices with limited
 * storage", Math. Comp. 35 (1980); projection and the Armijo condition along the projected path of
 * Bertsekas, "Projected Newton methods for optimization problems with simple constraints", SIAM J.
 * Control Optim. 20 (1982).
 *
 * <p>An instance keeps its arrays: one minimization after the other allocates nothing. Not
 * thread-safe.
 */
public final class BoxLbfgs {

  private static final int MEMORY = 8;
  private static final double ARMIJO = 1e-4;
  private static final int MOST_HALVINGS = 12;

  private final int n;
  private final double[][] s;
  private final double[][] y;
  private final double[] rho = new double[MEMORY];
  private final double[] a = new double[MEMORY];
  private final double[] gradient;
  private final double[] direction;
  private final double[] next;
  private final double[] nextGradient;
  private final boolean[] free;
  private int pairs;
  private int newest;
  private int evaluations;

  /** For functions of n variables. */
  public BoxLbfgs(int n) {
    this.n = n;
    this.s = new double[MEMORY][n];
    this.y = new double[MEMORY][n];
    this.gradient = new double[n];
    this.direction = new double[n];
    this.next = new double[n];
    this.nextGradient = new double[n];
    this.free = new boolean[n];
  }

  /** How many variables. */
  public int dimension() {
    return n;
  }

  /** How often the last minimization evaluated the function. */
  public int evaluations() {
    return evaluations;
  }

  /**
   * Goes downhill from x until no step improves the value, the value improves by less than the
   * tolerance, or the evaluations are used up.
   *
   * @param function the function
   * @param x the start, inside the box; receives the best point
   * @param low the lower bounds
   * @param high the upper bounds
   * @param firstStep the length of the first step, which nothing is known for
   * @param tolerance the least improvement of a step, absolute
   * @param most the most evaluations
   * @return the value at the best point; NaN or infinite only if it is so at the start
   */
  public double minimize(
      DifferentiableFunction function,
      double[] x,
      double[] low,
      double[] high,
      double firstStep,
      double tolerance,
      int most) {
    pairs = 0;
    evaluations = 1;
    double value = function.evaluate(x, gradient);
    while (Double.isFinite(value) && evaluations < most) {
      if (!findDirection(x, low, high, firstStep)) {
        break;
      }
      double improved = search(function, x, low, high, value, most);
      if (!(improved < value)) {
        if (pairs == 0) {
          break;
        }
        // The memory may be misleading: once more along the gradient.
        pairs = 0;
        continue;
      }
      update(x);
      double gain = value - improved;
      value = improved;
      if (gain < tolerance) {
        break;
      }
    }
    return value;
  }

  /** Sets the direction; false if the gradient vanishes in all free variables. */
  private boolean findDirection(double[] x, double[] low, double[] high, double firstStep) {
    double norm = 0;
    for (int i = 0; i < n; i++) {
      free[i] =
          !((x[i] <= low[i] && gradient[i] > 0) || (x[i] >= high[i] && gradient[i] < 0))
              && low[i] < high[i];
      direction[i] = free[i] ? -gradient[i] : 0;
      norm += direction[i] * direction[i];
    }
    if (!(norm > 0) || Double.isInfinite(norm)) {
      return false;
    }
    if (pairs > 0) {
      recurse();
      double slope = 0;
      for (int i = 0; i < n; i++) {
        slope += gradient[i] * direction[i];
      }
      if (slope < 0) {
        return true;
      }
      pairs = 0;
      for (int i = 0; i < n; i++) {
        direction[i] = free[i] ? -gradient[i] : 0;
      }
    }
    double scale = firstStep / Math.sqrt(norm);
    for (int i = 0; i < n; i++) {
      direction[i] *= scale;
    }
    return true;
  }

  /** direction := H direction in the free variables. */
  private void recurse() {
    for (int p = 0; p < pairs; p++) {
      int k = index(p);
      a[k] = rho[k] * dotFree(s[k], direction);
      for (int i = 0; i < n; i++) {
        direction[i] -= free[i] ? a[k] * y[k][i] : 0;
      }
    }
    int last = index(0);
    double yy = dotFree(y[last], y[last]);
    double scale = yy > 0 ? dotFree(s[last], y[last]) / yy : 1;
    if (!(scale > 0)) {
      scale = 1 / (rho[last] * dot(y[last], y[last]));
    }
    for (int i = 0; i < n; i++) {
      direction[i] *= scale;
    }
    for (int p = pairs - 1; p >= 0; p--) {
      int k = index(p);
      double b = rho[k] * dotFree(y[k], direction);
      for (int i = 0; i < n; i++) {
        direction[i] += free[i] ? (a[k] - b) * s[k][i] : 0;
      }
    }
  }

  /** The place of the pair before p others. */
  private int index(int p) {
    return (newest - p + MEMORY) % MEMORY;
  }

  private double dotFree(double[] v, double[] w) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += free[i] ? v[i] * w[i] : 0;
    }
    return sum;
  }

  private double dot(double[] v, double[] w) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += v[i] * w[i];
    }
    return sum;
  }

  /** Shortens the step until it improves enough; the value there, or NaN if none does. */
  private double search(
      DifferentiableFunction function,
      double[] x,
      double[] low,
      double[] high,
      double value,
      int most) {
    double step = 1;
    for (int attempt = 0; attempt < MOST_HALVINGS && evaluations < most; attempt++) {
      double slope = 0;
      for (int i = 0; i < n; i++) {
        next[i] = Math.max(low[i], Math.min(high[i], x[i] + step * direction[i]));
        slope += gradient[i] * (next[i] - x[i]);
      }
      if (!(slope < 0)) {
        return Double.NaN;
      }
      evaluations++;
      double reached = function.evaluate(next, nextGradient);
      if (reached <= value + ARMIJO * slope) {
        return reached;
      }
      // The minimum of the parabola through both values and the slope, within limits.
      double curvature = reached - value - slope;
      double best = -slope / (2 * curvature);
      step *= best > 0.1 && best < 0.5 ? best : best >= 0.5 ? 0.5 : 0.1;
    }
    return Double.NaN;
  }

  /** Moves to the next point and keeps the pair if the function curves upward along it. */
  private void update(double[] x) {
    int place = (newest + 1) % MEMORY;
    double curvature = 0;
    double length = 0;
    for (int i = 0; i < n; i++) {
      s[place][i] = next[i] - x[i];
      y[place][i] = nextGradient[i] - gradient[i];
      curvature += s[place][i] * y[place][i];
      length += s[place][i] * s[place][i];
      x[i] = next[i];
      gradient[i] = nextGradient[i];
    }
    if (curvature > 1e-10 * length) {
      newest = place;
      rho[place] = 1 / curvature;
      pairs = Math.min(MEMORY, pairs + 1);
    }
  }
}
