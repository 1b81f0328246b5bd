package org.ladang.config.provider;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.State;

/**
 * The values in {@code conf/}. What was accepted is kept in the state, so that a file that goes bad while the runtime is
 * down does not take the former values away either. Not thread-safe.
 */
final class FileLayer {
  private static final String KEY = "file/";

  /** Says whether a file of that PID is ours to read, and what is wrong with its values. */
  interface Judge {
    boolean wanted(String pid);

    /** Sentences; empty where all is well. */
    List<String> judge(String pid, Map<String, Object> values);
  }

  /** The accepted content of a file. */
  record Source(String file, Map<String, Object> values) {}

  /** What a look found: the PIDs whose values changed, and what was refused just now. */
  record Look(Set<String> changed, List<LadangException> refused) {}

  private record Signature(long size, long modified, Object key) {}

  private final Path conf;
  private final State state;
  private final Judge judge;
  private final Map<String, Source> accepted = new TreeMap<>();
  private final Map<Path, Signature> taken = new HashMap<>();
  private final Map<Path, Signature> settling = new HashMap<>();
  private final Map<Path, LadangException> refusals = new TreeMap<>();

  FileLayer(Path conf, State state, Judge judge) {
    this.conf = conf;
    this.state = state;
    this.judge = judge;
    state.all().forEach(this::restore);
  }

  private void restore(String key, Object value) {
    if (key.startsWith(KEY) && value instanceof Map<?, ?> entry) {
      Map<String, Object> values = Canonical.all((Map<?, ?>) entry.get("values"));
      accepted.put(
          key.substring(KEY.length()), new Source(String.valueOf(entry.get("file")), values));
    }
  }

  Set<String> pids() {
    return accepted.keySet();
  }

  Optional<Source> source(String pid) {
    return Optional.ofNullable(accepted.get(pid));
  }

  /** Files that are refused at present. */
  List<LadangException> refusals() {
    return List.copyOf(refusals.values());
  }

  /**
   * Has the files of a PID judged anew at the next look, because its declaration changed.
   *
   * @return whether there are any
   */
  boolean recheck(String declared) {
    return taken.keySet().removeIf(path -> declaredIn(path).equals(declared));
  }

  private static String declaredIn(Path path) {
    return ConfigFile.of(path).map(file -> Pids.declared(file.pid())).orElse("");
  }

  /**
   * Reads what changed.
   *
   * @param settle whether a changed file is taken only when it looks the same twice, because somebody may be writing it
   */
  Look look(boolean settle) {
    Look look = new Look(new HashSet<>(), new ArrayList<>());
    Map<Path, ConfigFile> present = present();
    drop(present, look);
    Set<String> claimed = new HashSet<>();
    // In the order of names, .json comes before .properties: the latter is to win.
    List<ConfigFile> files = new ArrayList<>(present.values());
    files.sort((a, b) -> Boolean.compare(a.json(), b.json()));
    for (ConfigFile file : files) {
      boolean first = claimed.add(file.pid());
      Optional<Signature> signature = signature(file.path());
      if (signature.isEmpty() || signature.get().equals(taken.get(file.path()))) {
        continue;
      }
      Signature former = settling.put(file.path(), signature.get());
      if (settle && !signature.get().equals(former)) {
        continue;
      }
      take(file, first, look);
      taken.put(file.path(), signature.get());
      settling.remove(file.path());
    }
    return look;
  }

  private void drop(Map<Path, ConfigFile> present, Look look) {
    Set<String> names = new HashSet<>();
    present.values().forEach(file -> names.add(file.shown()));
    for (Map.Entry<String, Source> entry : List.copyOf(accepted.entrySet())) {
      if (!names.contains(entry.getValue().file())) {
        state.remove(KEY + entry.getKey());
        accepted.remove(entry.getKey());
        look.changed().add(entry.getKey());
        // The other file of this PID, refused until now, has its turn.
        taken.keySet().removeIf(path -> pidOf(path).equals(entry.getKey()));
      }
    }
    taken.keySet().retainAll(present.keySet());
    settling.keySet().retainAll(present.keySet());
    refusals.keySet().retainAll(present.keySet());
  }

  private static String pidOf(Path path) {
    return ConfigFile.of(path).map(ConfigFile::pid).orElse("");
  }

  private void take(ConfigFile file, boolean first, Look look) {
    refusals.remove(file.path());
    try {
      if (!first) {
        throw new LadangException(
                "LADANG-CONFIG-014",
                file.shown() + " is refused: there is a .properties file for this PID too.")
            .next("Keep one of the two.");
      }
      accept(file, file.read(), look);
    } catch (LadangException e) {
      if (e.code().startsWith("LADANG-STATE")) {
        throw e;
      }
      LadangException refusal = e.nextStep().isPresent() ? e : e.next(whatStays(file.pid()));
      refusals.put(file.path(), refusal);
      look.refused().add(refusal);
    }
  }

  private String whatStays(String pid) {
    return accepted.containsKey(pid)
        ? "Its former values stay until it is put right."
        : "It has no effect until it is put right.";
  }

  private void accept(ConfigFile file, Map<String, Object> values, Look look) {
    List<String> wrong = judge.judge(file.pid(), values);
    if (!wrong.isEmpty()) {
      throw new LadangException(
              "LADANG-CONFIG-010", file.shown() + " is refused: " + String.join(" ", wrong))
          .with("file", file.shown());
    }
    Source source = new Source(file.shown(), values);
    if (!source.equals(accepted.get(file.pid()))) {
      state.put(KEY + file.pid(), Map.of("file", source.file(), "values", values));
      accepted.put(file.pid(), source);
      look.changed().add(file.pid());
    }
  }

  private Map<Path, ConfigFile> present() {
    Map<Path, ConfigFile> files = new TreeMap<>();
    try (DirectoryStream<Path> folder = Files.newDirectoryStream(conf)) {
      for (Path path : folder) {
        ConfigFile.of(path)
            .filter(file -> judge.wanted(file.pid()) && Files.isRegularFile(path))
            .ifPresent(file -> files.put(path, file));
      }
    } catch (IOException e) {
      throw new LadangException("LADANG-CONFIG-010", "The folder conf cannot be read.", e);
    }
    return files;
  }

  private static Optional<Signature> signature(Path path) {
    try {
      BasicFileAttributes at = Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.of(new Signature(at.size(), at.lastModifiedTime().toMillis(), at.fileKey()));
    } catch (IOException e) {
      // It was removed between listing and looking: the next look sees that.
      return Optional.empty();
    }
  }
}
