package org.ladang.plugin.bots;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.ladang.kernel.LadangException;

/** Where bots are imported from: a file, or the sample. Close it. */
final class BotSource implements AutoCloseable {
  /** Reads lines of one kind of file. */
  interface Format {
    /** The next line; empty at the end. */
    Optional<BotLine> next() throws IOException;
  }

  static final String SAMPLE = "bots.csv";

  private final String name;
  private final InputStream in;
  private final Format format;

  private BotSource(String name, InputStream in, Format format) {
    this.name = name;
    this.in = in;
    this.format = format;
  }

  static BotSource sample() throws IOException {
    return open("sample", SAMPLE, BotSource.class.getResourceAsStream(SAMPLE));
  }

  /**
   * @param home what a relative path is relative to
   */
  static BotSource file(Path home, String path) throws IOException {
    Path file;
    try {
      file = home.resolve(path);
    } catch (InvalidPathException e) {
      throw new LadangException(
          "LADANG-BOTS-004", "The path is not one: " + e.getReason() + ".", e);
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new LadangException(
              "LADANG-BOTS-004", "There is no file \"" + path + "\" that can be read.")
          .next("Name a file on the machine that Ladang runs on, in full or relative to its home.");
    }
    String name = String.valueOf(file.getFileName());
    return open(name, name.toLowerCase(Locale.ROOT), Files.newInputStream(file));
  }

  private static BotSource open(String name, String ending, InputStream raw) throws IOException {
    try {
      boolean gz = ending.endsWith(".gz");
      InputStream in = gz ? new GZIPInputStream(raw, 1 << 16) : raw;
      String plain = gz ? ending.substring(0, ending.length() - 3) : ending;
      Lines lines =
          new Lines(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16));
      if (plain.endsWith(".csv")) {
        return new BotSource(name, in, new Csv(lines));
      }
      if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson")) {
        return new BotSource(name, in, new JsonLines(lines));
      }
      throw new LadangException("LADANG-BOTS-003", "The file's name does not say what it is.")
          .next("It must end in .csv, .jsonl or .ndjson, with or without .gz.");
    } catch (IOException | LadangException e) {
      raw.close();
      throw e;
    }
  }

  /** The file's name; {@code sample} for the sample. */
  String name() {
    return name;
  }

  Optional<BotLine> next() throws IOException {
    return format.next();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
