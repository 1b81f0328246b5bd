package org.ladang.console.front;

import java.util.List;
import java.util.Locale;

/**
 * The names by which the runtime may be called. A page of a foreign site that makes its own name point at 127.0.0.1 (DNS
 * rebinding) sends its own name as {@code Host} and is refused by this list.
 */
record HostList(List<String> names) {
  HostList {
    names = names.stream().map(n -> n.strip().toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * Whether a request may come in.
   *
   * @param host the {@code Host} header; empty when there is none
   * @param servedPort the port on which the request arrived
   */
  boolean admits(String host, int servedPort) {
    String asked = host.strip().toLowerCase(Locale.ROOT);
    String name = nameOf(asked);
    String port = asked.substring(name.length());
    if (name.isEmpty() || !(port.isEmpty() || port.matches(":\\d{1,5}"))) {
      return false;
    }
    return names.stream().anyMatch(n -> matches(n, name, port, servedPort));
  }

  private static boolean matches(String entry, String name, String port, int servedPort) {
    String entryName = nameOf(entry);
    if (!entryName.equals(name)) {
      return false;
    }
    String entryPort = entry.substring(entryName.length());
    return switch (entryPort) {
      case ":*" -> true;
      case "" ->
          port.isEmpty() ? servedPort == 80 || servedPort == 443 : port.equals(":" + servedPort);
      default -> entryPort.equals(port);
    };
  }

  private static String nameOf(String hostAndPort) {
    if (hostAndPort.startsWith("[")) {
      int end = hostAndPort.indexOf(']');
      return end < 0 ? "" : hostAndPort.substring(0, end + 1);
    }
    int colon = hostAndPort.indexOf(':');
    return colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
  }
}
