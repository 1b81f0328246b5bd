package org.ladang.discovery.provider;

import java.util.regex.Pattern;

/** Addresses as people may see them. */
final class Addresses {
  private static final Pattern USER = Pattern.compile("//[^/@]*@");
  private static final Pattern SECRET =
      Pattern.compile("(?i)([?&;](?:password|pwd|token|secret|key|sslpassword)=)[^&;]*");

  private Addresses() {}

  /** Without user, password and the like. */
  static String shown(String address) {
    return SECRET.matcher(USER.matcher(address).replaceAll("//")).replaceAll("$1******");
  }
}
