package org.hpo4j.jdbc;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.ClassFileLocator;

/**
 * Makes a virtual machine believe that it runs on a machine of another name, whose clock is wrong.
 * An agent, since neither can be had without: the code under test asks {@link Instant#now}, {@link
 * Clock} and {@link InetAddress#getLocalHost}, and no option of Java's changes these.
 */
final class OtherMachine {

  private static final String NAME = "machine.name";
  private static final String CLOCK = "machine.clock";

  private OtherMachine() {}

  /** Makes the agent's jar; the class itself is on the class path. */
  static Path agent(Path folder) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(new Attributes.Name("Premain-Class"), OtherMachine.class.getName());
    attributes.put(new Attributes.Name("Can-Redefine-Classes"), "true");
    Path jar = folder.resolve("machine.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream written = new JarOutputStream(file, manifest)) {
      written.finish();
    }
    return jar;
  }

  /** The options of a virtual machine on a machine of this name, whose clock is so far ahead. */
  static List<String> options(Path agent, String name, Duration clock) {
    return List.of("-javaagent:" + agent, "-D" + NAME + "=" + name, "-D" + CLOCK + "=" + clock);
  }

  /** Fails unless this virtual machine believes it. */
  static void require() throws UnknownHostException {
    Duration wrong =
        Duration.between(Instant.ofEpochMilli(System.currentTimeMillis()), Instant.now());
    Duration wanted = Duration.parse(System.getProperty(CLOCK));
    if (wrong.minus(wanted).abs().compareTo(Duration.ofMinutes(1)) > 0
        || !InetAddress.getLocalHost().getHostName().equals(System.getProperty(NAME))) {
      throw new IllegalStateException("the agent does not work: the clock is off by " + wrong);
    }
  }

  /** Called by Java before the main class is. */
  public static void premain(String unused, Instrumentation java) throws Exception {
    redefine(java, Clock.class, "currentInstant", WrongClock.class);
    redefine(java, InetAddress.class, "getLocalHost", OtherName.class);
  }

  private static void redefine(Instrumentation java, Class<?> type, String method, Class<?> advice)
      throws Exception {
    byte[] changed =
        new ByteBuddy()
            .redefine(type, ClassFileLocator.ForClassLoader.ofSystemLoader())
            .visit(Advice.to(advice).on(named(method)))
            .make()
            .getBytes();
    java.redefineClasses(new ClassDefinition(type, changed));
  }

  /** Copied into the method of the JDK. */
  static final class WrongClock {

    private WrongClock() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) Instant now) {
      now = now.plus(Duration.parse(System.getProperty("machine.clock")));
    }
  }

  /** Copied into the method of the JDK. */
  static final class OtherName {

    private OtherName() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) InetAddress host)
        throws UnknownHostException {
      host = InetAddress.getByAddress(System.getProperty("machine.name"), host.getAddress());
    }
  }
}
