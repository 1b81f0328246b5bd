package org.ladang.console.front;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a change may come from where it says it comes from. Browsers send {@code Sec-Fetch-Site} and {@code Origin}
 * with every change and no page can forge them; programs send neither, and are let through to the login.
 */
final class OriginRule {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  private OriginRule() {}

  /** Whether a method only reads. */
  static boolean safe(String method) {
    return SAFE.contains(method);
  }

  /**
   * Whether the request may go on.
   *
   * @param host the {@code Host} header, which was admitted before
   */
  static boolean admits(
      String method, String host, Optional<String> origin, Optional<String> fetchSite) {
    if (safe(method)) {
      return true;
    }
    if (fetchSite.isPresent() && !OWN_SITE.contains(fetchSite.get().strip())) {
      return false;
    }
    return origin.isEmpty() || sameHost(origin.get().strip(), host);
  }

  private static boolean sameHost(String origin, String host) {
    try {
      String authority = new URI(origin).getRawAuthority();
      return authority != null
          && authority.toLowerCase(Locale.ROOT).equals(host.strip().toLowerCase(Locale.ROOT));
    } catch (URISyntaxException notAnOrigin) {
      return false;
    }
  }
}
