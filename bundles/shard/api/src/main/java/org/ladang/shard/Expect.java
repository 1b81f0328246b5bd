package org.ladang.shard;

/** What a write expects to find; when it finds something else it is refused and nothing has changed. */
public sealed interface Expect {

  /** Whatever is there, or nothing. */
  record Any() implements Expect {}

  /** No such row. */
  record Absent() implements Expect {}

  /**
   * The row exactly as it was read.
   *
   * @param version its version then
   */
  record At(long version) implements Expect {}

  /** Whatever is there, or nothing: the last writer wins. */
  static Expect any() {
    return new Any();
  }

  /** No such row: the write must make it. */
  static Expect absent() {
    return new Absent();
  }

  /** The row as it was read. */
  static Expect version(long version) {
    return new At(version);
  }
}
