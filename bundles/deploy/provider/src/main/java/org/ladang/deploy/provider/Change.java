package org.ladang.deploy.provider;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Generations.Content;

/**
 * A difference between one generation and the next. A difference and not a whole content, so that what others have
 * committed meanwhile stays.
 *
 * @param symbolicName the bundle
 * @param next what it is to be; empty where it is to go
 * @param gone a file that is no longer listed; may be empty
 */
record Change(String symbolicName, Optional<BundleEntry> next, String gone)
    implements UnaryOperator<Content> {

  static Change put(BundleEntry entry) {
    return new Change(entry.symbolicName(), Optional.of(entry), "");
  }

  static Change drop(BundleEntry entry) {
    return new Change(entry.symbolicName(), Optional.empty(), entry.file());
  }

  static Change swap(BundleEntry former, BundleEntry next) {
    return new Change(former.symbolicName(), Optional.of(next), former.file());
  }

  static Change unlist(String file) {
    return new Change("", Optional.empty(), file);
  }

  @Override
  public Content apply(Content content) {
    List<BundleEntry> bundles = new ArrayList<>();
    Map<String, String> inbox = new LinkedHashMap<>(content.inbox());
    inbox.remove(gone);
    for (BundleEntry entry : content.bundles()) {
      boolean same = entry.symbolicName().equals(symbolicName);
      boolean sameFile =
          !entry.fromDistribution() && next.isPresent() && next.get().file().equals(entry.file());
      if (same || sameFile) {
        inbox.remove(entry.file());
      } else {
        bundles.add(entry);
      }
    }
    next.ifPresent(
        entry -> {
          bundles.add(entry);
          if (!entry.fromDistribution()) {
            inbox.put(entry.file(), entry.fileSha256());
          }
        });
    return new Content(bundles, inbox);
  }
}
