package org.ladang.kernel.provider.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.ladang.kernel.provider.proxy.Swappable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which lazy plugins were seen to resolve, and beside which bundles: as long as those are the same, a start
 * need not install them to know. A note that is lost costs an install, no more. Safe for any thread.
 */
final class LazyProofs {
  private static final Logger LOG = LoggerFactory.getLogger(LazyProofs.class);
  private static final int MOST = 20_000;

  private final BundleContext context;
  private final Path file;
  private final Swappable swappable = new Swappable();
  private final Set<String> notes = new HashSet<>();
  private boolean loaded;

  LazyProofs(BundleContext context, Path file) {
    this.context = context;
    this.file = file;
  }

  /** Whether that jar resolved beside the bundles that are there now. */
  synchronized boolean hold(String sha256) {
    load();
    return notes.contains(note(sha256));
  }

  /** That jar has just resolved. */
  synchronized void put(String sha256) {
    load();
    String note = note(sha256);
    if (!notes.add(note)) {
      return;
    }
    try {
      Files.writeString(file, note + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      LOG.warn("{} could not be written; the next start resolves lazy plugins again", file, e);
    }
  }

  private String note(String sha256) {
    return surroundings() + " " + sha256;
  }

  /** All bundles that others may be wired to: no plugin and no room's provider exports anything. */
  private String surroundings() {
    CRC32 sum = new CRC32();
    Arrays.stream(context.getBundles())
        .filter(bundle -> !swappable.is(bundle))
        .map(LazyProofs::named)
        .sorted()
        .forEach(name -> sum.update(name.getBytes(StandardCharsets.UTF_8)));
    return Runtime.version().feature() + "-" + Long.toHexString(sum.getValue());
  }

  private static String named(Bundle bundle) {
    // The location of a stored jar tells its content.
    return bundle.getSymbolicName() + " " + bundle.getVersion() + " " + bundle.getLocation() + "\n";
  }

  private void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    try {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() > MOST) {
          Files.delete(file);
        } else {
          notes.addAll(lines);
        }
      }
    } catch (IOException e) {
      LOG.warn("{} could not be read; lazy plugins are resolved again", file, e);
    }
  }
}
