package org.ladang.console.provider.page;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Sentences of rooms in words for whoever looks at the first page: without marks of code, names of Java classes and lines
 * of source. The cause itself stays; the whole sentence stands on the pages that the steps lead to.
 */
final class Plain {
  private static final String CLASS = "(?:[a-z_$][\\w$]*\\.)+[A-Z][\\w$.]*[\\w$]";
  private static final Pattern COMPONENT =
      Pattern.compile("The component \\S+ of (\\S+) (\\S+) could not");
  private static final Pattern FRAME = Pattern.compile(" at [\\w$.<>/@-]+\\([^()]*\\)");
  private static final Pattern THROWN =
      Pattern.compile(CLASS + "(?<=Exception|Error|Throwable)(: )?");
  private static final Pattern NAME = Pattern.compile(CLASS);

  private Plain() {}

  static String words(String sentence) {
    String text = sentence.replace("`", "");
    text = COMPONENT.matcher(text).replaceAll("One of its components could not");
    text = FRAME.matcher(text).replaceAll("");
    text = THROWN.matcher(text).replaceAll(Plain::thrown);
    return NAME.matcher(text).replaceAll(found -> simple(found.group()).replace("$", "."));
  }

  /** What was thrown is left out where a message follows; alone it is all that is known. */
  private static String thrown(MatchResult found) {
    return found.group(1) == null
        ? simple(found.group())
            .replaceAll("[$]", " ")
            .replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ")
            .toLowerCase(Locale.ROOT)
        : "";
  }

  private static String simple(String name) {
    return name.replaceFirst("^(?:[a-z_$][\\w$]*\\.)+", "");
  }
}
