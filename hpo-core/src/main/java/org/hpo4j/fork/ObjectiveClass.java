package org.hpo4j.fork;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;
import org.hpo4j.study.MultiObjective;
import org.hpo4j.study.Objective;
import org.hpo4j.trial.Trial;

/**
 * A class of objectives that another process can make by its name.
 *
 * @param name the class's binary name
 */
record ObjectiveClass(String name) {

  /**
   * Checks that a class can be made by its name.
   *
   * @throws IllegalArgumentException if it cannot
   */
  static ObjectiveClass of(Class<?> type) {
    problem(type)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(
                  type.getName()
                      + " cannot be made anew in another process: "
                      + problem
                      + "; write a named class (a static nested one will do) with a public"
                      + " constructor without parameters");
            });
    return new ObjectiveClass(type.getName());
  }

  private static Optional<String> problem(Class<?> type) {
    if (type.isHidden() || type.isSynthetic()) {
      return Optional.of("it is a lambda expression or a method reference");
    }
    if (type.isAnonymousClass() || type.isLocalClass()) {
      return Optional.of("it is declared inside a method");
    }
    if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
      return Optional.of("it is an inner class, which needs an object of the outer one");
    }
    if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
      return Optional.of("it is abstract");
    }
    return Arrays.stream(type.getConstructors()).anyMatch(c -> c.getParameterCount() == 0)
        ? Optional.empty()
        : Optional.of("it has no public constructor without parameters");
  }

  /** Makes an objective and evaluates the trial, in the trial's process. */
  double[] evaluate(Trial trial) throws Exception {
    Object objective = make();
    if (objective instanceof MultiObjective<?> several) {
      return several.evaluate(trial);
    }
    return new double[] {((Objective<?>) objective).evaluate(trial)};
  }

  private Object make() throws Exception {
    Constructor<?> constructor = Class.forName(name).getConstructor();
    // The class itself, or one around it, need not be public.
    constructor.setAccessible(true);
    try {
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      // Thrown by the constructor: as if by the objective.
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
