package org.hpo4j.trial;

/**
 * What one running trial has to itself.
 *
 * @param kind what it is
 * @param name which one: of GPUs one or several indices or identifiers, comma-separated, as {@code
 *     CUDA_VISIBLE_DEVICES} takes them; of CPUs their numbers, such as {@code 0-3,8}
 */
public record Device(Kind kind, String name) {

  /** Kinds of devices. */
  public enum Kind {
    /** A GPU; an index counts among the GPUs that this process sees. */
    GPU,
    /** A set of processors. */
    CPUS
  }

  /** Checks the name. */
  public Device {
    if (name.isBlank() || name.chars().anyMatch(c -> c <= ' ')) {
      throw new IllegalArgumentException(
          "a device's name must have a character and no white space, got '" + name + "'");
    }
  }

  @Override
  public String toString() {
    return (kind == Kind.GPU ? "GPU " : "CPUs ") + name;
  }
}
