package org.ladang.telemetry.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shelves of all owners, a folder each. */
final class Shelves {
  private static final Logger log = LoggerFactory.getLogger(Shelves.class);

  private final Path root;
  private final int mostSeries;
  private final int mostOwners;
  private final Map<String, Shelf> shelves = new ConcurrentSkipListMap<>();

  /**
   * Takes up what is there.
   *
   * @throws IOException when the folder cannot be made or read
   */
  Shelves(Path root, int mostSeries, int mostOwners) throws IOException {
    this.root = Files.createDirectories(root);
    this.mostSeries = mostSeries;
    this.mostOwners = mostOwners;
    try (Stream<Path> folders = Files.list(root)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        open(folder);
      }
    }
  }

  private void open(Path folder) {
    try {
      String owner = URLDecoder.decode(folder.getFileName().toString(), StandardCharsets.UTF_8);
      shelves.put(owner, new Shelf(folder, mostSeries));
    } catch (UncheckedIOException | IllegalArgumentException unreadable) {
      log.atWarn()
          .addKeyValue("folder", folder)
          .setCause(unreadable)
          .log("History is not readable.");
    }
  }

  Map<String, Shelf> all() {
    return Map.copyOf(shelves);
  }

  Optional<Shelf> find(String owner) {
    return Optional.ofNullable(shelves.get(owner));
  }

  /** The shelf of an owner, which is made when there is none; empty where there are too many owners. */
  Optional<Shelf> of(String owner) throws IOException {
    Shelf known = shelves.get(owner);
    if (known != null) {
      return Optional.of(known);
    }
    if (shelves.size() >= mostOwners) {
      return Optional.empty();
    }
    Shelf made = new Shelf(Files.createDirectories(folder(owner)), mostSeries);
    shelves.put(owner, made);
    return Optional.of(made);
  }

  /** Forgets owners of whom nothing was written since then. */
  void forget(Instant before) throws IOException {
    for (Map.Entry<String, Shelf> entry : all().entrySet()) {
      if (entry.getValue().written().map(before::isAfter).orElse(false)) {
        shelves.remove(entry.getKey());
        delete(folder(entry.getKey()));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> inside = Files.list(folder)) {
      inside.forEach(files::add);
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(folder);
  }

  private Path folder(String owner) {
    // A name of dots only would be another folder; URL encoding leaves dots as they are.
    return root.resolve(URLEncoder.encode(owner, StandardCharsets.UTF_8).replace(".", "%2E"));
  }
}
