package org.ladang.security.provider;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.State;

/**
 * What is remembered of the trail outside of its files: the head, so that a cut end is found, and the base, so that the
 * oldest kept file still hangs on something after older ones were dropped.
 */
final class AuditAnchors {
  private static final String HEAD = "audit.head";
  private static final String BASE = "audit.base";

  private final State state;

  AuditAnchors(State state) {
    this.state = state;
  }

  /**
   * What the dropped files ended with.
   *
   * @param ordinal the number of the last file that was dropped; 0 when none was
   * @param link its last line
   */
  record Base(long ordinal, ChainLink link) {}

  /** The newest entry that is known to be on disk. */
  Optional<ChainLink> head() {
    return state.get(HEAD).map(ChainLink::of);
  }

  /** Moves the head on; never back, since another version of this bundle may have moved it further. */
  void head(ChainLink head) {
    state.update(
        HEAD,
        kept -> kept != null && ChainLink.of(kept).seq() >= head.seq() ? kept : head.toState());
  }

  Base base() {
    return state
        .get(BASE)
        .map(s -> new Base(Shape.number(Shape.map(s), "file"), ChainLink.of(s)))
        .orElse(new Base(0, ChainLink.START));
  }

  void base(Base base) {
    Map<String, Object> map = new LinkedHashMap<>(base.link().toState());
    map.put("file", base.ordinal());
    state.put(BASE, map);
  }
}
