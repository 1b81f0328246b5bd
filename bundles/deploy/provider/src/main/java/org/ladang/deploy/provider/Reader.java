package org.ladang.deploy.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Generations.Content;
import org.ladang.kernel.swap.Passports;
import org.ladang.kernel.swap.Store;
import org.ladang.kernel.swap.Swapper;

/** Makes a candidate of a file: complete, in the store, its passport read from there. */
final class Reader {
  private final Inbox inbox;
  private final Store store;
  private final Passports passports;
  private final Candidates candidates;
  private final Swapper swapper;
  private final Submissions submissions;
  private final Clock clock;

  Reader(
      Inbox inbox,
      Store store,
      Passports passports,
      Candidates candidates,
      Swapper swapper,
      Submissions submissions,
      Clock clock) {
    this.inbox = inbox;
    this.store = store;
    this.passports = passports;
    this.candidates = candidates;
    this.swapper = swapper;
    this.submissions = submissions;
    this.clock = clock;
  }

  /**
   * Reads a file.
   *
   * @param settled whether it has not changed for so long that it will not become complete any more
   * @return empty where there is nothing to decide: it is not complete yet, it vanished, or it runs already
   * @throws LadangException when it is no sound bundle
   */
  Optional<Candidate> read(Sighting sighting, boolean settled, Content content) {
    Path file = inbox.file(sighting.name());
    try {
      if (!ZipEnd.complete(file)) {
        if (!settled) {
          return Optional.empty();
        }
        // Says what is wrong with it; a ZIP with something in front of it passes.
        passports.read(file);
      }
      sighting.step("received", clock.nanos());
      return stored(sighting, file, content);
    } catch (IOException e) {
      return unreadable(sighting, file, settled, e);
    }
  }

  private Optional<Candidate> stored(Sighting sighting, Path file, Content content)
      throws IOException {
    String sha256 = store.put(file);
    Optional<Stamp> after = inbox.stamp(sighting.name());
    if (after.isEmpty()) {
      return Optional.empty();
    }
    if (!after.get().sameContent(sighting.stamp())) {
      // Written while it was copied: what lies in the store is neither the old nor the new.
      sighting.seen(after.get(), sighting.first(), clock.nanos());
      return Optional.empty();
    }
    sighting.step("stored", clock.nanos());
    if (sha256.equals(content.inbox().get(sighting.name())) && runs(sighting.name(), content)) {
      sighting.finish();
      submissions.unchanged(sighting.name());
      return Optional.empty();
    }
    Candidate candidate = candidates.of(sighting, sha256);
    sighting.step("verified", clock.nanos());
    return Optional.of(candidate);
  }

  /** Whether the bundle that came with that file is not one that the kernel refused. */
  private boolean runs(String file, Content content) {
    return content.bundles().stream()
        .filter(b -> b.file().equals(file))
        .findFirst()
        .flatMap(b -> swapper.status(b.symbolicName()))
        .filter(s -> s.state() == Condition.REFUSED)
        .isEmpty();
  }

  private static Optional<Candidate> unreadable(
      Sighting sighting, Path file, boolean settled, IOException e) {
    if (!settled || !Files.exists(file)) {
      return Optional.empty();
    }
    throw new LadangException(
            "LADANG-DEPLOY-002", sighting.name() + " cannot be read: " + e.getMessage() + ".", e)
        .next("Check the rights of the file, then drop it again.");
  }
}
