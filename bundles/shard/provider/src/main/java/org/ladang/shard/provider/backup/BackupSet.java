package org.ladang.shard.provider.backup;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One backup: a folder with a file for each shard, one for the catalogue, and {@code manifest.json}, which is written
 * last and says what belongs to the set.
 *
 * @param folder the set's own folder
 * @param at the moment that it shows
 * @param cluster the name of the cluster that it was taken of
 */
record BackupSet(Path folder, Instant at, String cluster, List<Entry> files) {
  /**
   * A file of the set.
   *
   * @param name in the set's folder
   * @param shard the shard; empty for the catalogue
   * @param rows how many rows it holds
   */
  record Entry(String name, Optional<String> shard, long bytes, String sha256, long rows) {}

  static final String MANIFEST = "manifest.json";
  static final String CATALOGUE = "catalogue.mv.db";
  private static final int FORMAT = 1;

  String name() {
    return folder.getFileName().toString();
  }

  long bytes() {
    return files.stream().mapToLong(Entry::bytes).sum();
  }

  long rows() {
    return files.stream().mapToLong(Entry::rows).sum();
  }

  /** The rows of each shard. */
  Map<String, Long> rowsByShard() {
    Map<String, Long> rows = new LinkedHashMap<>();
    files.forEach(f -> f.shard().ifPresent(s -> rows.put(s, f.rows())));
    return rows;
  }

  String json() throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("format", FORMAT);
    content.put("at", at.toString());
    content.put("cluster", cluster);
    List<Map<String, Object>> list = new ArrayList<>();
    for (Entry file : files) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", file.name());
      file.shard().ifPresent(s -> entry.put("shard", s));
      entry.put("bytes", file.bytes());
      entry.put("sha256", file.sha256());
      entry.put("rows", file.rows());
      list.add(entry);
    }
    content.put("files", list);
    return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(content) + "\n";
  }

  /** Reads the set in a folder; refuses one that has no manifest, or one that cannot be read. */
  static BackupSet read(Path folder) {
    Path manifest = folder.resolve(MANIFEST);
    if (!Files.isRegularFile(manifest)) {
      throw BackupRefusals.noSet(folder);
    }
    try {
      Map<String, Object> content = JSON.std.mapFrom(Files.readString(manifest));
      if (content.get("format") instanceof Number format && format.intValue() > FORMAT) {
        throw BackupRefusals.newer(folder, format.intValue());
      }
      List<Entry> files = new ArrayList<>();
      for (Object item : (List<?>) content.get("files")) {
        files.add(entry((Map<?, ?>) item));
      }
      return new BackupSet(
          folder,
          Instant.parse((String) content.get("at")),
          (String) content.get("cluster"),
          List.copyOf(files));
    } catch (IOException | RuntimeException e) {
      throw e instanceof org.ladang.kernel.LadangException refusal
          ? refusal
          : BackupRefusals.damaged(folder, MANIFEST + " cannot be read", e);
    }
  }

  private static Entry entry(Map<?, ?> item) {
    String name = (String) item.get("name");
    if (name.contains("/") || name.contains("\\") || name.startsWith(".")) {
      throw new IllegalArgumentException("A name that leads elsewhere: " + name);
    }
    String shard = (String) item.get("shard");
    if (shard == null ? !name.equals(CATALOGUE) : !name.equals(shard + ".mv.db")) {
      throw new IllegalArgumentException("A file that no backup has: " + name);
    }
    return new Entry(
        name,
        Optional.ofNullable(shard),
        ((Number) item.get("bytes")).longValue(),
        (String) item.get("sha256"),
        ((Number) item.get("rows")).longValue());
  }
}
