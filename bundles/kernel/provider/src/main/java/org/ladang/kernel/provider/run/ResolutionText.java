package org.ladang.kernel.provider.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ladang.kernel.LadangException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** Puts the framework's account of why a bundle does not resolve into a sentence. */
final class ResolutionText {
  private static final Pattern REQUIREMENT =
      Pattern.compile(
          "(?:missing requirement|Unresolved requirements:).*?\\] ([a-z.A-Z]+); (\\(.*?\\))(?: |\\]|$)");
  private static final Pattern PACKAGE = Pattern.compile("osgi\\.wiring\\.package=([\\w.]+)");
  private static final Pattern BUNDLE = Pattern.compile("osgi\\.wiring\\.bundle=([\\w.-]+)");
  private static final Pattern LOW = Pattern.compile("version>=([\\w.-]+)");
  private static final Pattern HIGH = Pattern.compile("!\\((?:bundle-)?version>=([\\w.-]+)\\)");

  private final BundleContext context;

  ResolutionText(BundleContext context) {
    this.context = context;
  }

  LadangException of(Bundle bundle, Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    String who = bundle.getSymbolicName() + " " + bundle.getVersion();
    Optional<String> conflict = UsesConflict.words(message, this::named);
    if (conflict.isPresent()) {
      return new LadangException("LADANG-SWAP-003", who + " " + conflict.get(), failure)
          .next("Build it against the bundles that the runtime carries.");
    }
    Optional<LadangException> newer =
        NewerJava.in(bundle, message + " " + failure.getCause(), failure);
    if (newer.isPresent()) {
      return newer.get();
    }
    Matcher requirement = REQUIREMENT.matcher(message);
    if (!requirement.find()) {
      return new LadangException(
          "LADANG-SWAP-004", who + " could not be started: " + message, failure);
    }
    String filter = requirement.group(2);
    Matcher pack = PACKAGE.matcher(filter);
    if (pack.find()) {
      return missing(who, "package", pack.group(1), filter, "osgi.wiring.package", failure);
    }
    Matcher required = BUNDLE.matcher(filter);
    if (required.find()) {
      return missing(who, "bundle", required.group(1), filter, "osgi.wiring.bundle", failure);
    }
    if (requirement.group(1).equals("osgi.ee")) {
      return new LadangException(
              "LADANG-SWAP-005",
              who
                  + " needs another Java version ("
                  + filter
                  + "), this is Java "
                  + Runtime.version().feature()
                  + ".",
              failure)
          .next("Run Ladang on that Java, or build the bundle for this one.");
    }
    return new LadangException(
        "LADANG-SWAP-006",
        who + " needs " + requirement.group(1) + " " + filter + ", nobody offers it.",
        failure);
  }

  private String named(String symbolicName, long id) {
    Bundle bundle = context.getBundle(id);
    return bundle == null ? symbolicName : symbolicName + " " + bundle.getVersion();
  }

  private LadangException missing(
      String who, String what, String name, String filter, String namespace, Throwable failure) {
    String range = range(filter);
    List<String> found = offers(namespace, name);
    String needs = who + " needs " + what + " " + name + (range.isEmpty() ? "" : " in " + range);
    if (found.isEmpty()) {
      return new LadangException("LADANG-SWAP-001", needs + ", no bundle offers it.", failure)
          .next("Drop the bundle that offers it, or take the import out.")
          .with(what, name)
          .with("range", range);
    }
    return new LadangException(
            "LADANG-SWAP-002", needs + ", found " + String.join(" and ", found) + ".", failure)
        .next("Build it against the version that is there, or drop one that fits.")
        .with(what, name)
        .with("range", range)
        .with("found", found);
  }

  static String range(String filter) {
    Matcher low = LOW.matcher(filter);
    Matcher high = HIGH.matcher(filter);
    String from = low.find() ? low.group(1) : "0";
    if (high.find()) {
      return "[" + from + "," + high.group(1) + ")";
    }
    return from.equals("0") ? "" : from + " or later";
  }

  private List<String> offers(String namespace, String name) {
    List<String> found = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      BundleRevision revision = bundle.adapt(BundleRevision.class);
      if (revision == null) {
        continue;
      }
      for (BundleCapability capability : revision.getDeclaredCapabilities(namespace)) {
        if (name.equals(capability.getAttributes().get(namespace))) {
          Object version =
              capability
                  .getAttributes()
                  .getOrDefault("version", capability.getAttributes().get("bundle-version"));
          found.add(version + " in " + bundle.getSymbolicName());
        }
      }
    }
    return found;
  }
}
