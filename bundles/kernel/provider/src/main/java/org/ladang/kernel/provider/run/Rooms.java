package org.ladang.kernel.provider.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Generation;
import org.ladang.kernel.swap.Generations;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Passports;
import org.ladang.kernel.swap.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The providers of rooms that came with the distribution, found by their manifests. A generation takes them up when it
 * has none of that name, or an older one of the distribution's own; one that was dropped into the inbox stays.
 */
final class Rooms {
  private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);
  private static final String AUTHOR = "distribution";

  private final Path folder;
  private final Passports passports;
  private final Store store;
  private final Generations generations;
  private volatile Set<String> own = Set.of();

  Rooms(Path folder, Passports passports, Store store, Generations generations) {
    this.folder = folder;
    this.passports = passports;
    this.store = store;
    this.generations = generations;
  }

  /** Makes the present generation agree with the distribution. */
  void adopt() {
    Map<String, BundleEntry> shipped = shipped();
    own = shipped.values().stream().map(BundleEntry::sha256).collect(Collectors.toSet());
    Generation now = generations.current();
    List<BundleEntry> next = new ArrayList<>();
    for (BundleEntry entry : now.bundles()) {
      BundleEntry own = shipped.remove(entry.symbolicName());
      if (!entry.fromDistribution()) {
        next.add(entry);
      } else if (own != null) {
        next.add(own.withStopped(entry.stopped()));
      }
    }
    next.addAll(shipped.values());
    if (!next.equals(now.bundles())) {
      generations.commit(
          AUTHOR,
          "The rooms that the distribution carries.",
          content -> new Generations.Content(next, content.inbox()));
    }
  }

  /** The jars of the distribution, by SHA-256, as they were when the generation took them up. */
  Set<String> own() {
    return own;
  }

  /** The distribution's own provider of that symbolic name; null where it carries none. */
  BundleEntry shipped(String symbolicName) {
    return shipped().get(symbolicName);
  }

  private Map<String, BundleEntry> shipped() {
    Map<String, BundleEntry> entries = new LinkedHashMap<>();
    if (!Files.isDirectory(folder)) {
      return entries;
    }
    try (Stream<Path> jars = Files.list(folder)) {
      for (Path jar : jars.filter(j -> j.toString().endsWith(".jar")).sorted().toList()) {
        entry(jar).ifPresent(e -> entries.put(e.symbolicName(), e));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  private java.util.Optional<BundleEntry> entry(Path jar) {
    try {
      Passport passport = passports.read(jar);
      if (passport.kind() != Kind.SUBSYSTEM) {
        LOG.warn("{} is no provider of a room and is left out", jar.getFileName());
        return java.util.Optional.empty();
      }
      return java.util.Optional.of(
          new BundleEntry(
              passport.symbolicName(),
              passport.name(),
              passport.kind(),
              passport.version(),
              store.put(jar),
              false,
              ""));
    } catch (LadangException e) {
      LOG.error("{} of the distribution cannot be used: {}", jar.getFileName(), e.line());
      return java.util.Optional.empty();
    }
  }
}
