package org.hpo4j.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who wrote a line or holds a lock: a storage object of a process of a machine. Others compare the
 * text for equality only; on the same machine it also tells whether the process still lives.
 *
 * @param host the machine's name
 * @param boot the start of the machine's kernel; empty where the system does not tell
 * @param pidSpace the name space of the process id, which differs between containers; may be empty
 * @param pid the process id
 * @param start tells the process from earlier and later ones of this id
 * @param random tells storages of one process apart
 */
public record WorkerId(
    String host, String boot, String pidSpace, long pid, String start, String random) {

  private static final Pattern TEXT =
      Pattern.compile(
          "hpo4j-(.*)-([0-9a-f]*)-([0-9]*)-([0-9]{1,18})-([0-9]{1,18}|t[0-9]+u[0-9]*)-([0-9a-f]+)");

  /**
   * The closed storages of this process. Not the open ones: a storage that another class loader's
   * copy of this class has made must not look dead.
   */
  private static final Set<WorkerId> RETIRED = ConcurrentHashMap.newKeySet();

  private static final String HOST = hostName();
  private static final String BOOT = bootId();
  private static final String PID_SPACE = pidNameSpace();
  private static final String START = LocalProcesses.ownStart();

  /** A new one of this process. */
  public static WorkerId create() {
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    long pid = ProcessHandle.current().pid();
    return new WorkerId(HOST, BOOT, PID_SPACE, pid, START, HexFormat.of().formatHex(random));
  }

  /** Tells this process that the storage of this id is closed, so that it writes no more. */
  public void retire() {
    RETIRED.add(this);
  }

  /** The one with this text; empty if another program wrote it. */
  public static Optional<WorkerId> parse(String text) {
    Matcher m = TEXT.matcher(text);
    return m.matches()
        ? Optional.of(
            new WorkerId(
                m.group(1),
                m.group(2),
                m.group(3),
                Long.parseLong(m.group(4)),
                m.group(5),
                m.group(6)))
        : Optional.empty();
  }

  /**
   * Whether the process is dead or, if it is this one, has closed the storage. One that began
   * before this machine was last started is taken for dead, although it could as well be of another
   * machine with the same name. Of another machine, or of another container on this one, nothing is
   * known.
   */
  public boolean isDead() {
    return host.equals(HOST) && (!boot.equals(BOOT) || hasDiedHere());
  }

  /**
   * Whether the process is certainly dead or has closed the storage: {@link #isDead}, but of one
   * that began before this machine was last started, nothing is known either. For whoever has
   * another way to learn of its death in the end.
   */
  public boolean hasDiedHere() {
    if (!host.equals(HOST) || !boot.equals(BOOT)) {
      return false;
    }
    return RETIRED.contains(this)
        || (pidSpace.equals(PID_SPACE) && !LocalProcesses.mayRun(pid, start));
  }

  /** Whether the process belongs to this machine and this container, so that its death is seen. */
  public boolean isOfThisMachine() {
    return host.equals(HOST) && (!boot.equals(BOOT) || pidSpace.equals(PID_SPACE));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // The message is "name: reason"; a machine that cannot resolve its own name still has one.
      String message = String.valueOf(e.getMessage());
      return message.substring(0, Math.max(0, message.indexOf(':')));
    }
  }

  private static String bootId() {
    try {
      String id = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"));
      return id.replace("-", "").strip().substring(0, 12);
    } catch (IOException e) {
      // Not Linux.
      return "";
    }
  }

  private static String pidNameSpace() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
      return target.replaceAll("[^0-9]", "");
    } catch (IOException | UnsupportedOperationException e) {
      // Not Linux.
      return "";
    }
  }

  @Override
  public String toString() {
    return String.join("-", "hpo4j", host, boot, pidSpace, Long.toString(pid), start, random);
  }
}
