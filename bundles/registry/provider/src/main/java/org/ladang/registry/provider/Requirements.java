package org.ladang.registry.provider;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Passport.Need;
import org.ladang.registry.Requirement;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;

/** Compares what plugins need with what is there. Pure: no state, no services. */
final class Requirements {
  private Requirements() {}

  /** Each need of a plugin, compared with {@code view}. */
  static List<Requirement> of(Passport user, PluginView view) {
    List<Requirement> result = new ArrayList<>();
    for (Need need : user.requires()) {
      result.add(compare(user, need, view));
    }
    return result;
  }

  /** The sentences of what is not met. */
  static List<String> unmet(Passport user, PluginView view) {
    if (user.requires().isEmpty()) {
      return List.of();
    }
    return of(user, view).stream()
        .filter(r -> !r.satisfied())
        .map(Requirement::explanation)
        .toList();
  }

  /** Whether {@code candidate} would do for a need. */
  static boolean matches(Need need, Passport candidate) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("ladang.plugin", candidate.name());
    attributes.put("version", version(candidate.version()));
    attributes.put("title", candidate.title());
    attributes.put("publisher", candidate.publisher());
    attributes.put("isolation", candidate.isolation());
    return filter(need).matches(attributes);
  }

  /** The version of a passport; the kernel has read it as one before. */
  static Version version(String text) {
    return Version.parseVersion(text);
  }

  private static Requirement compare(Passport user, Need need, PluginView view) {
    Optional<PluginView.Seen> found =
        need.plugin().isEmpty()
            ? view.all().stream().filter(s -> matches(need, s.passport())).findFirst()
            : view.find(need.plugin());
    if (found.isEmpty()) {
      return new Requirement(need.plugin(), need.range(), false, Sentences.missing(user, need));
    }
    Passport passport = found.get().passport();
    String sentence =
        switch (found.get().state()) {
          case REFUSED -> Sentences.refused(user, need, passport);
          case STOPPED -> Sentences.stopped(user, need, passport);
          default -> matches(need, passport) ? "" : Sentences.outOfRange(user, need, passport);
        };
    return sentence.isEmpty()
        ? new Requirement(
            need.plugin(),
            need.range(),
            true,
            "Found " + passport.name() + " " + Sentences.text(passport.version()) + ".")
        : new Requirement(need.plugin(), need.range(), false, sentence);
  }

  private static Filter filter(Need need) {
    String text = need.filter().isEmpty() ? "(ladang.plugin=" + need.plugin() + ")" : need.filter();
    try {
      return FrameworkUtil.createFilter(text);
    } catch (InvalidSyntaxException e) {
      throw new LadangException(
              "LADANG-REGISTRY-002", "The requirement " + text + " is no LDAP filter.", e)
          .next("Correct the plugin's Require-Capability header.");
    }
  }
}
