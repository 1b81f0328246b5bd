package org.ladang.shard.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.ladang.shard.Table;

/**
 * Opens the files of shards. One that is not there yet begins as a copy of a blank file, which has every table and no
 * row: the statements that make tables are run once for a cluster and not once for each of its files. A copy is written
 * beside its place and renamed, so that a file with that name is whole.
 */
final class H2Blanks implements EngineSource {
  private record Blank(List<Table> tables, byte[] bytes) {}

  private final Path folder;
  private final Supplier<Collection<Table>> declared;
  private Optional<Blank> last = Optional.empty();

  /**
   * @param folder where the blank file is made; it does not stay there
   * @param declared the tables that the files are to have
   */
  H2Blanks(Path folder, Supplier<Collection<Table>> declared) {
    this.folder = folder;
    this.declared = declared;
  }

  @Override
  public ShardEngine open(
      Path base,
      Optional<String> make,
      H2ShardEngine.Settings settings,
      LongSupplier fresh,
      Steps steps)
      throws SQLException, IOException {
    Path file = H2ShardEngine.file(base);
    if (make.isPresent() && !Files.exists(file)) {
      write(file, blank(settings, steps, shard(base)), steps);
    }
    return H2ShardEngine.open(base, make, settings, fresh, steps);
  }

  @Override
  public void copy(Path from, Path base, Steps steps) throws IOException {
    // What was committed is in the file, whole: a process that is killed leaves no other.
    Path file = H2ShardEngine.file(base);
    if (!Files.exists(file)) {
      write(file, Files.readAllBytes(H2ShardEngine.file(from)), steps);
    }
  }

  private static void write(Path file, byte[] bytes, Steps steps) throws IOException {
    String shard = shard(file);
    Path copy = file.resolveSibling(file.getFileName() + ".making");
    Files.write(copy, bytes);
    steps.reached(Step.FILE_COPIED, shard);
    Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
    steps.reached(Step.FILE_NAMED, shard);
  }

  private static String shard(Path file) {
    return file.getParent().getFileName().toString();
  }

  private synchronized byte[] blank(H2ShardEngine.Settings settings, Steps steps, String shard)
      throws SQLException, IOException {
    List<Table> tables = List.copyOf(declared.get());
    if (last.isEmpty() || !last.get().tables().equals(tables)) {
      last = Optional.of(new Blank(tables, make(tables, settings)));
      steps.reached(Step.BLANK_MADE, shard);
    }
    return last.get().bytes();
  }

  private byte[] make(List<Table> tables, H2ShardEngine.Settings settings)
      throws SQLException, IOException {
    Path base = folder.resolve("blank");
    Path file = H2ShardEngine.file(base);
    Files.deleteIfExists(file);
    try {
      Connection connection = H2ShardEngine.source(base, true, settings).getConnection();
      try (Statement statement = connection.createStatement()) {
        H2Schema.prepare(connection);
        H2Session session = new H2Session(connection);
        for (Table table : tables) {
          H2Schema.declare(session, table, Optional.empty());
        }
        statement.execute("SHUTDOWN");
      } finally {
        connection.close();
      }
      return Files.readAllBytes(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
