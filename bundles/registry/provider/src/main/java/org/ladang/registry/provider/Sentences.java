package org.ladang.registry.provider;

import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Passport.Need;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** What is wrong with a requirement and what to do, in words. */
final class Sentences {
  private Sentences() {}

  static String missing(Passport user, Need need) {
    return needs(user, need) + ", and there is none: install " + wanted(need) + ".";
  }

  static String outOfRange(Passport user, Need need, Passport found) {
    return needs(user, need)
        + ", found "
        + text(found.version())
        + ": install "
        + wanted(need)
        + " or a "
        + user.name()
        + " that accepts "
        + accepted(need, found)
        + ".";
  }

  static String stopped(Passport user, Need need, Passport found) {
    return needs(user, need)
        + ", which is stopped: start it with plugin:start "
        + found.name()
        + ".";
  }

  static String refused(Passport user, Need need, Passport found) {
    return needs(user, need)
        + ", which was refused: plugin:why "
        + found.name()
        + " says what to do about it.";
  }

  static String replaced(Passport user, Need need, Passport candidate) {
    return candidate.name()
        + " "
        + text(candidate.version())
        + " does not suit "
        + user.name()
        + " "
        + text(user.version())
        + ", which needs it in "
        + need.range()
        + ": install a "
        + user.name()
        + " that accepts "
        + accepted(need, candidate)
        + ", or stay with "
        + wanted(need)
        + ".";
  }

  static String removed(Passport user, Need need) {
    return needs(user, need) + ": remove " + user.name() + " first, or keep " + need.plugin() + ".";
  }

  /** {@code 1.2.0} for {@code 1.2.0}, also for {@code 1.2}. */
  static String text(String version) {
    return Requirements.version(version).toString();
  }

  private static String needs(Passport user, Need need) {
    String what =
        need.plugin().isEmpty()
            ? "a plugin that matches " + need.filter()
            : "plugin " + need.plugin() + (need.range().isEmpty() ? "" : " in " + need.range());
    return user.name() + " " + text(user.version()) + " needs " + what;
  }

  /** {@code a livestock 1.x} where the range is a whole major version, else the range. */
  private static String wanted(Need need) {
    if (need.plugin().isEmpty()) {
      return "one";
    }
    String one = "a " + need.plugin();
    if (need.range().isEmpty()) {
      return one;
    }
    VersionRange range = VersionRange.valueOf(need.range());
    Version low = range.getLeft();
    Version high = range.getRight();
    boolean wholeMajor =
        high != null
            && range.getRightType() == VersionRange.RIGHT_OPEN
            && high.equals(new Version(low.getMajor() + 1, 0, 0));
    if (!wholeMajor) {
      return one + " in " + need.range();
    }
    boolean fromZero = low.getMinor() == 0 && low.getMicro() == 0;
    return one + " " + low.getMajor() + ".x" + (fromZero ? "" : " from " + low + " on");
  }

  /** As much of the version as tells it from the range. */
  private static String accepted(Need need, Passport found) {
    Version version = Requirements.version(found.version());
    if (need.range().isEmpty()) {
      return version.toString();
    }
    int wanted = VersionRange.valueOf(need.range()).getLeft().getMajor();
    return version.getMajor() == wanted ? version.toString() : Integer.toString(version.getMajor());
  }
}
