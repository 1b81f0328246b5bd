package org.ladang.deploy.provider;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.config.Change;
import org.ladang.config.Configuration;
import org.ladang.config.Difference;
import org.ladang.config.Effective;
import org.ladang.config.Revision;
import org.ladang.config.Schema;
import org.ladang.config.Summary;
import org.ladang.kernel.LadangException;

/** One value with its history. */
final class FakeConfiguration implements Configuration {
  private final List<String> values = new ArrayList<>(List.of(""));
  String unfit = "nothing";

  void set(String value) {
    values.add(value);
  }

  String value() {
    return values.get(values.size() - 1);
  }

  @Override
  public long revision() {
    return values.size() - 1;
  }

  @Override
  public Revision restore(long number, String author) {
    String former = values.get((int) number);
    if (former.equals(unfit)) {
      throw new LadangException("LADANG-CONFIG-004", "The value no longer fits.");
    }
    values.add(former);
    return new Revision(revision(), Instant.EPOCH, author, "", List.of());
  }

  @Override
  public List<Summary> list() {
    return List.of();
  }

  @Override
  public Optional<Schema> describe(String pid) {
    return Optional.empty();
  }

  @Override
  public Effective get(String pid) {
    throw new UnsupportedOperationException(pid);
  }

  @Override
  public Revision check(Change change) {
    throw new UnsupportedOperationException(Map.of("change", change).toString());
  }

  @Override
  public Revision set(Change change) {
    throw new UnsupportedOperationException(Map.of("change", change).toString());
  }

  @Override
  public List<String> problems() {
    return List.of();
  }

  @Override
  public List<Revision> history(Optional<String> pid, int limit) {
    return List.of();
  }

  @Override
  public List<Difference> diff(long from, long to) {
    return List.of();
  }

  @Override
  public Revision undo(Optional<Long> number, String author) {
    throw new UnsupportedOperationException(author);
  }
}
