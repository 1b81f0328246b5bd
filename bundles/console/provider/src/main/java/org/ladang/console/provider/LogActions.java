package org.ladang.console.provider;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ladang.kernel.Home;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionGroup;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.Role;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The log, for people who are not on the machine. */
@ActionGroup("console")
@Component(service = ActionSource.class)
public final class LogActions implements ActionSource {
  /** So much of the log's end is looked at. */
  private static final int MOST_BYTES = 1024 * 1024;

  private static final int MOST_LINES = 1000;
  private static final int SOME = 100;
  private static final Pattern LINE =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}) (\\w+) +(.*)", Pattern.DOTALL);
  private static final Pattern TRACE =
      Pattern.compile("\\btrace=\"?([A-Za-z0-9._:/+=-]{1,64}?)\"?(?: |$)");

  private final Path file;

  /** Made by DS. */
  @Activate
  public LogActions(@Reference Home home) {
    this(home.log().resolve("ladang.log"));
  }

  LogActions(Path file) {
    this.file = file;
  }

  /**
   * A line of the log.
   *
   * @param at when, as it is written
   * @param level how bad
   * @param text the rest
   * @param trace names the call that it belongs to; empty where it says none
   */
  public record LogLine(String at, String level, String text, String trace) {}

  @Action(
      description = "Shows the newest lines of the log, without stack traces, the newest first.",
      role = Role.OPERATOR)
  public List<LogLine> log(
      @Arg("Only lines that contain this.") Optional<String> contains,
      @Arg("Only lines of this level, for example `ERROR`.") Optional<String> level,
      @Arg("At most this many; 100 by default, 1000 at the most.") Optional<Integer> limit) {
    int most = Math.max(1, Math.min(MOST_LINES, limit.orElse(SOME)));
    List<LogLine> lines = new ArrayList<>();
    String[] all = end().split("\n");
    for (int i = all.length - 1; i >= 0 && lines.size() < most; i--) {
      Matcher matcher = LINE.matcher(all[i]);
      if (matcher.matches()
          && all[i].contains(contains.orElse(""))
          && level.map(wanted -> wanted.equalsIgnoreCase(matcher.group(2))).orElse(true)) {
        Matcher trace = TRACE.matcher(all[i]);
        lines.add(
            new LogLine(
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                trace.find() ? trace.group(1) : ""));
      }
    }
    return lines;
  }

  private String end() {
    if (!Files.exists(file)) {
      return "";
    }
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long start = Math.max(0, log.length() - MOST_BYTES);
      log.seek(start);
      byte[] bytes = new byte[(int) (log.length() - start)];
      log.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new LadangException(
              "LADANG-CONSOLE-043", "The log cannot be read: " + failure.getMessage() + ".")
          .next("Look at the folder log.");
    }
  }
}
