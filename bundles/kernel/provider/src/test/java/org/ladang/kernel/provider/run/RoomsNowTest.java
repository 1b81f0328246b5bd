package org.ladang.kernel.provider.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Kind;

class RoomsNowTest {
  private static BundleStatus room(String name, Condition state, String why) {
    BundleEntry entry = new BundleEntry(name, name, Kind.SUBSYSTEM, "1.0.0", "", true, "");
    return new BundleStatus(entry, null, state, Instant.EPOCH, why, "");
  }

  @Test
  void aRoomThatWaitsIsMissingAndNotBeyondHope() {
    RoomsNow now =
        new RoomsNow(
            List.of(
                room("balancer", Condition.ACTIVE, ""),
                room("discovery", Condition.WAITING, "It waits for Balancers.")));
    assertThat(now.missing())
        .containsExactly("The room discovery does not serve: It waits for Balancers.");
    assertThat(now.hopeless()).isFalse();
  }

  @Test
  void aRoomThatWasRefusedIsBeyondHopeWhenNobodyIsOnTheWay() {
    RoomsNow now =
        new RoomsNow(
            List.of(
                room("balancer", Condition.REFUSED, "It threw."),
                room("shell", Condition.STOPPED, "An operator stopped it.")));
    assertThat(now.missing()).containsExactly("The room balancer does not serve: It threw.");
    assertThat(now.hopeless()).isTrue();
  }

  @Test
  void nothingIsMissingWhereAllServeOrAreMeantNotTo() {
    assertThat(
            new RoomsNow(
                    List.of(
                        room("balancer", Condition.ACTIVE, ""),
                        room("shell", Condition.STOPPED, "")))
                .missing())
        .isEmpty();
  }
}
