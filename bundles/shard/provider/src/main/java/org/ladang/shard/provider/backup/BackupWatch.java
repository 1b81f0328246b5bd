package org.ladang.shard.provider.backup;

import java.io.IOException;
import java.nio.file.Path;

/** Is told of each step; a test stops there, or fails it by throwing. Nobody else listens. */
public interface BackupWatch {
  /** Nobody listens. */
  BackupWatch NONE = (step, file) -> {};

  /** The step is done. */
  void reached(BackupStep step, Path file) throws IOException;
}
