package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.balancer.Balancers;
import org.ladang.balancer.Endpoint;
import org.ladang.balancer.PoolSpec;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Expect;

/** Which copy is read, when that is left to the balancer. The balancer itself is in the integration tests. */
class BalancedCopiesTest {
  @TempDir Path folder;
  private final Room room = new Room();
  private TestCluster setup;
  private ShardedCluster cluster;

  /** Picks one copy after the other. */
  private static final class Room {
    final Set<String> pools = new HashSet<>();
    final List<String> picked = new ArrayList<>();
    final List<String> ended = new ArrayList<>();
    boolean silent;

    Balancers balancers() {
      return (Balancers)
          Proxy.newProxyInstance(
              Balancers.class.getClassLoader(),
              new Class<?>[] {Balancers.class},
              (proxy, method, arguments) -> {
                if (silent) {
                  throw new LadangException("LADANG-PROXY-001", "There is no balancer.");
                }
                switch (method.getName()) {
                  case "set" -> pools.add(((PoolSpec) arguments[0]).name());
                  case "remove" -> pools.remove((String) arguments[0]);
                  case "done" -> ended.add(arguments[0] + " " + arguments[1] + " " + arguments[2]);
                  case "pick" -> {
                    if (!pools.contains((String) arguments[0])) {
                      throw new LadangException("LADANG-BALANCER-001", "There is no such pool.");
                    }
                    String copy = picked.size() % 2 == 0 ? "replica" : "primary";
                    picked.add(copy);
                    return new Endpoint(copy, "", "", 1);
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                }
                return null;
              });
    }
  }

  @BeforeEach
  void open() {
    setup = new TestCluster(folder);
    setup.shards = 1;
    setup.reads = Reads.balanced;
    cluster = setup.open();
    cluster.declare(ClusterTest.PLANTS);
    cluster.put("plants", "sari", "p1", Map.of("height", 1), Expect.any());
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void read() {
    assertThat(cluster.get("plants", "sari", "p1").orElseThrow().decimal("height").orElseThrow())
        .isEqualByComparingTo("1");
  }

  @Test
  void bothCopiesAreReadAsTheBalancerPicksAndItIsToldHowThatWent() {
    cluster.bindBalancers(room.balancers());
    for (int i = 0; i < 4; i++) {
      read();
    }
    assertThat(room.picked).containsExactly("replica", "primary", "replica", "primary");
    assertThat(room.ended)
        .containsExactly(
            "copies.shard-0 replica OK",
            "copies.shard-0 primary OK",
            "copies.shard-0 replica OK",
            "copies.shard-0 primary OK");
    cluster.close();
    assertThat(room.pools).isEmpty();
  }

  @Test
  void aPoolThatIsGoneIsMadeAgain() {
    cluster.bindBalancers(room.balancers());
    read();
    room.pools.clear();
    read();
    assertThat(room.picked).hasSize(2);
  }

  @Test
  void withoutABalancerThePrimaryIsRead() {
    read();
    cluster.bindBalancers(room.balancers());
    room.silent = true;
    read();
    room.silent = false;
    cluster.unbindBalancers(room.balancers());
    read();
    assertThat(room.picked).isEmpty();
  }

  @Test
  void aReplicaThatIsBehindIsNotChosen() throws Exception {
    cluster.bindBalancers(room.balancers());
    read();
    cluster.close();
    java.nio.file.Files.delete(setup.replica("shard-0"));
    cluster = setup.open();
    cluster.bindBalancers(room.balancers());
    for (int i = 0; i < 4; i++) {
      read();
    }
    assertThat(room.picked).hasSize(1);
  }
}
