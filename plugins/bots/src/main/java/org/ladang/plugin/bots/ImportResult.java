package org.ladang.plugin.bots;

import java.util.List;
import java.util.Map;
import org.ladang.kernel.action.Arg;

/** What an import did. */
public record ImportResult(
    @Arg("Where the bots came from.") String source,
    @Arg("How many of its bots are in the registry now.") long imported,
    @Arg("Of these, how many are new.") long created,
    @Arg("Of these, how many were known and have changed.") long updated,
    @Arg("Of these, how many were there just so.") long unchanged,
    @Arg("How many lines were skipped because they are bad.") long skipped,
    @Arg("The first 100 bad lines.") List<Problem> problems,
    @Arg("How many of the imported bots are of each category.") Map<String, Long> perCategory,
    @Arg("How long it took.") double seconds) {

  /** A bad line. */
  public record Problem(
      @Arg("Its number in the file, from 1.") long line,
      @Arg("What is wrong with it.") String reason) {}
}
