package org.ladang.shard.provider;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Opens the storage of one copy of a shard. */
interface EngineSource {
  /**
   * Opens it.
   *
   * @param base the file's path without its ending
   * @param make the name that it gets if it is made; empty when a file that is not there is a failure
   * @param fresh gives the first version of rows
   */
  ShardEngine open(
      Path base,
      Optional<String> make,
      H2ShardEngine.Settings settings,
      LongSupplier fresh,
      Steps steps)
      throws SQLException, IOException;

  /**
   * Makes a file that is not there yet like another one, which is open and which nobody writes meanwhile.
   *
   * @param from the other file's path without its ending
   * @param base the file's
   */
  void copy(Path from, Path base, Steps steps) throws IOException;
}
