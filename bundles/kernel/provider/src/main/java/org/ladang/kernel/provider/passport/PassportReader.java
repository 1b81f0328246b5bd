package org.ladang.kernel.provider.passport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.LadangPlugin;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;
import org.osgi.framework.Version;

/** Reads what a manifest says of a bundle, and refuses what does not hold together. */
final class PassportReader {
  static final String PLUGIN = "ladang.plugin";
  static final String SUBSYSTEM = "ladang.subsystem";

  private static final Pattern SYMBOLIC_NAME =
      Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]*");
  private static final String REBUILD = "Correct it and build it again.";

  private final Refused refused;
  private final Attributes manifest;
  private final Kind kind;
  private final Clause capability;
  private final String symbolicName;
  private final String bundleVersion;
  private final String name;

  PassportReader(Refused refused, Attributes manifest) {
    this.refused = refused;
    this.manifest = manifest;
    this.symbolicName = readSymbolicName();
    this.bundleVersion = version("Bundle-Version", header("Bundle-Version").strip());
    List<Clause> plugins = capabilities(PLUGIN);
    List<Clause> subsystems = capabilities(SUBSYSTEM);
    if (plugins.size() + subsystems.size() > 1) {
      throw broken("says more than once what it is: one bundle is one plugin or one room");
    }
    this.kind =
        !plugins.isEmpty() ? Kind.PLUGIN : !subsystems.isEmpty() ? Kind.SUBSYSTEM : Kind.PLAIN;
    this.capability =
        kind == Kind.PLUGIN ? plugins.get(0) : kind == Kind.SUBSYSTEM ? subsystems.get(0) : null;
    this.name = kind == Kind.PLAIN ? symbolicName : readName();
    if (kind != Kind.PLAIN) {
      refuseWhatCannotBeSwapped();
    }
  }

  Kind kind() {
    return kind;
  }

  String name() {
    return name;
  }

  String symbolicName() {
    return symbolicName;
  }

  Passport read(List<ActionInfo> actions) {
    if (kind == Kind.PLAIN) {
      return new Passport(
          kind,
          name,
          symbolicName,
          bundleVersion,
          bundleVersion,
          header("Bundle-Name"),
          false,
          true,
          "none",
          header("Bundle-Vendor"),
          "",
          "",
          LadangPlugin.Migration.NONE,
          List.of(),
          List.of(),
          actions);
    }
    String stated = capability.attribute("version", "");
    boolean lazy = choice("activation", "eager", Set.of("eager", "lazy")).equals("lazy");
    return new Passport(
        kind,
        name,
        symbolicName,
        stated.isEmpty() ? bundleVersion : version("version of the passport", stated),
        bundleVersion,
        capability.attribute("title", ""),
        kind == Kind.PLUGIN && lazy,
        choice("overlap", "true", Set.of("true", "false")).equals("true"),
        choice("isolation", "none", Set.of("none", "process")),
        capability.attribute("publisher", ""),
        capability.attribute("signature", ""),
        capability.attribute("smoke", ""),
        migration(),
        grants(),
        needs(),
        actions);
  }

  private String readSymbolicName() {
    String header = header("Bundle-SymbolicName");
    if (header.isBlank()) {
      throw refused.because(
          4, "has no Bundle-SymbolicName", "Make it a bundle, for example with bnd.");
    }
    String text = header.split(";", 2)[0].strip();
    if (!SYMBOLIC_NAME.matcher(text).matches()) {
      throw refused.because(
          4, "has the Bundle-SymbolicName `" + text + "`, which is none", REBUILD);
    }
    return text;
  }

  private String readName() {
    String text = capability.attribute(kind == Kind.PLUGIN ? PLUGIN : SUBSYSTEM, "");
    if (!NAME.matcher(text).matches()) {
      throw broken(
          "is named `"
              + text
              + "`; a name is lower-case letters, digits, `-` and `_`, a letter first");
    }
    return text;
  }

  private String version(String what, String text) {
    try {
      return Version.parseVersion(text).toString();
    } catch (IllegalArgumentException e) {
      throw refused.because(
          5,
          "has the " + what + " `" + text + "`, which is no version",
          "Use a version such as 1.2.3.",
          e);
    }
  }

  private void refuseWhatCannotBeSwapped() {
    String what = kind == Kind.PLUGIN ? "plugin " + name : "provider of " + name;
    if (!header("Bundle-Activator").isBlank()) {
      throw refused.because(
          6,
          "is the " + what + " and has a Bundle-Activator: one that hangs could never be stopped",
          "Use a Declarative Services component instead.");
    }
    if (!header("Fragment-Host").isBlank()) {
      throw broken("is the " + what + " and a fragment, which cannot be started");
    }
    if (!header("Export-Package").isBlank()) {
      throw broken(
          "is the "
              + what
              + " and exports packages, whose users would stop at each upgrade;"
              + " put them into a bundle of their own");
    }
  }

  private String choice(String key, String otherwise, Set<String> allowed) {
    String text = capability.attribute(key, otherwise);
    if (!allowed.contains(text)) {
      throw broken(
          "says "
              + key
              + "="
              + text
              + "; known are "
              + String.join(", ", allowed.stream().sorted().toList()));
    }
    return text;
  }

  private LadangPlugin.Migration migration() {
    Set<String> allowed =
        Arrays.stream(LadangPlugin.Migration.values())
            .map(m -> m.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return LadangPlugin.Migration.valueOf(
        choice("migration", "none", allowed).toUpperCase(Locale.ROOT));
  }

  private List<String> grants() {
    return Arrays.stream(capability.attribute("grants", "").split(","))
        .map(String::strip)
        .filter(grant -> !grant.isEmpty())
        .toList();
  }

  private List<Passport.Need> needs() {
    try {
      return NeedReader.read(clauses("Require-Capability", PLUGIN));
    } catch (HeaderParser.HeaderDamage e) {
      throw damaged("Require-Capability", e);
    }
  }

  private List<Clause> capabilities(String namespace) {
    List<Clause> found = new ArrayList<>();
    for (Clause clause : clauses("Provide-Capability", namespace)) {
      if (clause.paths().contains(namespace)) {
        found.add(clause);
      }
    }
    return found;
  }

  /** Headers that are none of our business are the framework's to judge. */
  private List<Clause> clauses(String header, String namespace) {
    String text = header(header);
    try {
      return text.contains(namespace) ? HeaderParser.parse(text) : List.of();
    } catch (HeaderParser.HeaderDamage e) {
      throw damaged(header, e);
    }
  }

  private LadangException damaged(String header, HeaderParser.HeaderDamage e) {
    return refused.because(7, "has a wrong " + header + ": " + e.getMessage(), REBUILD, e);
  }

  private LadangException broken(String rest) {
    return refused.because(7, rest, REBUILD);
  }

  private String header(String key) {
    String text = manifest.getValue(key);
    return text == null ? "" : text;
  }
}
