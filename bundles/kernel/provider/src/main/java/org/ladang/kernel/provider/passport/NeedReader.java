package org.ladang.kernel.provider.passport;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ladang.kernel.swap.Passport;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;

/** Reads which plugins a plugin needs from its {@code Require-Capability}. */
final class NeedReader {
  private static final Pattern NAME = Pattern.compile("\\(ladang\\.plugin=([^()*]+)\\)");
  private static final Pattern FLOOR = Pattern.compile("(?<!\\(!)\\(version>=([^()]+)\\)");
  private static final Pattern CEILING = Pattern.compile("\\(!\\(version>=([^()]+)\\)\\)");
  private static final Pattern OPEN_FLOOR = Pattern.compile("\\(!\\(version<=([^()]+)\\)\\)");
  private static final Pattern CLOSED_CEILING = Pattern.compile("(?<!\\(!)\\(version<=([^()]+)\\)");

  private NeedReader() {}

  /**
   * The plugins that the clauses ask for; what is optional is no need.
   *
   * @throws HeaderParser.HeaderDamage when a requirement is none
   */
  static List<Passport.Need> read(List<Clause> clauses) {
    List<Passport.Need> needs = new ArrayList<>();
    for (Clause clause : clauses) {
      if (clause.paths().contains(PassportReader.PLUGIN)
          && !"optional".equals(clause.directives().get("resolution"))) {
        needs.add(need(clause));
      }
    }
    return List.copyOf(needs);
  }

  private static Passport.Need need(Clause clause) {
    String filter = clause.directives().getOrDefault("filter", "");
    if (!"active".equals(clause.directives().get("effective"))) {
      throw new HeaderParser.HeaderDamage(
          "a requirement of a plugin must say `effective:=active`, or an upgrade of that plugin"
              + " would stop this one");
    }
    try {
      FrameworkUtil.createFilter(filter);
    } catch (InvalidSyntaxException e) {
      throw new HeaderParser.HeaderDamage("`" + filter + "` is no filter");
    }
    String packed = filter.replaceAll("\\s+", "");
    // What offers a choice has neither one name nor one range: then the filter itself is the
    // explanation.
    boolean choice = packed.contains("(|");
    return new Passport.Need(
        choice ? "" : first(NAME, packed), filter, choice ? "" : range(packed));
  }

  private static String range(String filter) {
    String floor = first(FLOOR, filter);
    String openFloor = first(OPEN_FLOOR, filter);
    String ceiling = first(CEILING, filter);
    String closedCeiling = first(CLOSED_CEILING, filter);
    String exact = first(Pattern.compile("\\(version=([^()*]+)\\)"), filter);
    if (!exact.isEmpty()) {
      return "[" + exact + "," + exact + "]";
    }
    String from =
        !openFloor.isEmpty() ? "(" + openFloor : "[" + (floor.isEmpty() ? "0.0.0" : floor);
    if (!ceiling.isEmpty()) {
      return from + "," + ceiling + ")";
    }
    if (!closedCeiling.isEmpty()) {
      return from + "," + closedCeiling + "]";
    }
    // An OSGi version range without a ceiling is the floor alone; an open one cannot be said.
    return openFloor.isEmpty() ? floor : "";
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }
}
