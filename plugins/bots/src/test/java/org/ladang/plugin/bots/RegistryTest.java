package org.ladang.plugin.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Principal;
import org.ladang.shard.provider.ShardedCluster;

/** The plugin on a real shard in a folder of its own. */
abstract class RegistryTest {
  @TempDir Path root;
  final Fakes.TestClock clock = new Fakes.TestClock();
  final Fakes.TestEvents events = new Fakes.TestEvents();
  ShardedCluster shards;
  Bots bots;

  @BeforeEach
  void open() {
    shards = Fakes.cluster(root, clock, events);
    bots = new Bots(shards, new Fakes.TestHome(root), clock, new Fakes.TestMeters(), events);
  }

  @AfterEach
  void close() {
    shards.close();
  }

  CallContext call() {
    return call(Duration.ofMinutes(1));
  }

  CallContext call(Duration time) {
    return CallContext.of(Principal.SYSTEM, "local", "trace", clock.now().plus(time));
  }

  Bot create(String id) {
    return create(id, Optional.empty(), Optional.empty());
  }

  Bot create(String id, Optional<String> name, Optional<Category> category) {
    return bots.createBot(
        id,
        name,
        category,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LadangException.class, e -> assertThat(e.code()).as(e.line()).isEqualTo(code));
  }
}
