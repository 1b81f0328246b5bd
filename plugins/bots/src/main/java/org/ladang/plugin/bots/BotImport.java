package org.ladang.plugin.bots;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;

/**
 * Imports bots in batches. It keeps no position: a bot that is there already, just so, is not written again, so that an
 * import that was cut off is finished by the same call, and doubles nothing.
 */
final class BotImport {
  /** What the shards say when somebody else wrote in between. */
  static final String CONFLICT = "LADANG-SHARD-001";

  /** Large, for each batch is at least one commit on each copy of each shard. */
  static final int BATCH = 2_500;

  private final BotTable table;
  private final Path home;
  private final Clock clock;
  private final Events events;
  private final AtomicBoolean running = new AtomicBoolean();

  BotImport(BotTable table, Path home, Clock clock, Events events) {
    this.table = table;
    this.home = home;
    this.clock = clock;
    this.events = events;
  }

  /**
   * Imports a file, or the sample.
   *
   * @param deadline when to stop between two batches
   */
  ImportResult run(Optional<String> path, Instant deadline) {
    if (!running.compareAndSet(false, true)) {
      throw new LadangException("LADANG-BOTS-005", "An import is under way.")
          .next("Wait for its end: the events bots.import tell how far it is.");
    }
    try (BotSource source =
        path.isPresent() ? BotSource.file(home, path.get()) : BotSource.sample()) {
      return run(source, deadline);
    } catch (IOException e) {
      throw new LadangException(
              "LADANG-BOTS-006", "The file cannot be read to its end: " + e.getMessage() + ".", e)
          .next("What was imported so far is kept; repeat the import with a sound file.");
    } finally {
      running.set(false);
    }
  }

  private ImportResult run(BotSource source, Instant deadline) throws IOException {
    long start = clock.nanos();
    Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
    ImportTally tally = new ImportTally();
    ImportBatch batch = new ImportBatch(table, tally, table.count() == 0);
    for (Optional<BotLine> line = source.next(); line.isPresent(); line = source.next()) {
      take(line.get(), now, batch, tally);
      if (batch.size() == BATCH) {
        batch.write();
        progress(source, tally);
        stopIfLate(deadline, tally);
      }
    }
    batch.write();
    ImportResult result = tally.result(source.name(), (clock.nanos() - start) / 1e9);
    publish(
        "bots.imported",
        source,
        tally,
        String.format(
            "%,d bots of %s are in the registry: %,d new, %,d changed; %,d lines skipped.",
            result.imported(),
            source.name(),
            result.created(),
            result.updated(),
            result.skipped()));
    return result;
  }

  private static void take(BotLine line, Instant now, ImportBatch batch, ImportTally tally) {
    if (line instanceof BotLine.Bad bad) {
      tally.skipped(bad.number(), bad.reason());
    } else if (line instanceof BotLine.Good good) {
      try {
        batch.add(good.number(), new BotDraft(good.values()).bot(now), good.values());
      } catch (LadangException e) {
        tally.skipped(good.number(), e.getMessage());
      }
    }
  }

  private void stopIfLate(Instant deadline, ImportTally tally) {
    if (Thread.currentThread().isInterrupted() || clock.now().isAfter(deadline)) {
      throw new LadangException(
              "LADANG-BOTS-007", "The import ran out of time after " + tally.lines() + " lines.")
          .next("Call it again: it goes on with what is missing.")
          .with("lines", tally.lines());
    }
  }

  private void progress(BotSource source, ImportTally tally) {
    publish(
        "bots.import",
        source,
        tally,
        String.format("%,d lines of %s are done.", tally.lines(), source.name()));
  }

  private void publish(String type, BotSource source, ImportTally tally, String sentence) {
    events.publish(Event.Severity.INFO, type, source.name(), sentence, tally.details());
  }
}
