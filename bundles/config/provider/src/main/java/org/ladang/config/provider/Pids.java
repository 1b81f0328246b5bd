package org.ladang.config.provider;

/** The form of PIDs: {@code <pid>}, or {@code <factory PID>~<name>} for an instance of a factory. */
final class Pids {
  static final String OURS = "org.ladang.";

  private Pids() {}

  static boolean instance(String pid) {
    return pid.indexOf('~') > 0;
  }

  /** The PID under which the schema is declared: the factory's for an instance. */
  static String declared(String pid) {
    return instance(pid) ? pid.substring(0, pid.indexOf('~')) : pid;
  }

  /** The name of an instance within its factory. */
  static String instanceName(String pid) {
    return pid.substring(pid.indexOf('~') + 1);
  }

  static String withoutPrefix(String pid) {
    return pid.startsWith(OURS) ? pid.substring(OURS.length()) : pid;
  }
}
