package org.hpo4j.worker;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import org.hpo4j.study.MultiObjective;
import org.hpo4j.study.Objective;

/** Makes the objective that a command line names. */
final class ObjectiveLoader {

  private ObjectiveLoader() {}

  /** An {@link Objective} or a {@link MultiObjective}. */
  static Object load(String name) {
    Class<?> type = find(name);
    if (!Objective.class.isAssignableFrom(type) && !MultiObjective.class.isAssignableFrom(type)) {
      throw new UsageException(
          "--objective: " + name + " implements neither Objective nor MultiObjective");
    }
    try {
      Constructor<?> constructor = type.getConstructor();
      // The class itself need not be public.
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (NoSuchMethodException e) {
      throw new UsageException(
          "--objective: " + name + " has no public constructor without parameters", e);
    } catch (InstantiationException e) {
      throw new UsageException("--objective: " + name + " is abstract", e);
    } catch (InvocationTargetException e) {
      throw new UsageException(
          "--objective: the constructor of " + name + " threw " + e.getCause(), e);
    } catch (IllegalAccessException e) {
      throw new UsageException("--objective: " + name + " is not accessible", e);
    }
  }

  private static Class<?> find(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new UsageException(
          "--objective: there is no class " + name + " on the class path; add its jar", e);
    } catch (LinkageError e) {
      throw new UsageException("--objective: " + name + " cannot be loaded: " + e, e);
    }
  }
}
