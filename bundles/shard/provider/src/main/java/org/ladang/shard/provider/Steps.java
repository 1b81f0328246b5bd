package org.ladang.shard.provider;

/** Is told of each step; a test stops there, or fails it by throwing. Nobody else listens. */
interface Steps {
  /** Nobody listens. */
  Steps NONE = (step, shard) -> {};

  /** The step is reached. */
  void reached(Step step, String shard);
}
