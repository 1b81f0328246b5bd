package org.ladang.kernel.provider.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.LadangException;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

class SlotTest {
  private static final long LONG = TimeUnit.SECONDS.toNanos(20);

  private final Stopping stopping = new Stopping();
  private final Identity identity = new Identity("weeds", "org.example.Weed", "", "");
  private final Slot slot = new Slot(identity, false, stopping);
  private final Target one = target();
  private final Target two = target();

  @Test
  void newCallsGoWhereThePointerPoints() {
    slot.flip(one);
    Target first = slot.enter(LONG);
    slot.flip(two);
    Target second = slot.enter(LONG);

    assertThat(first).isSameAs(one);
    assertThat(second).isSameAs(two);
    assertThat(one.busy()).isEqualTo(1);
    slot.leave(first);
    assertThat(one.busy()).isZero();
  }

  @Test
  void aCallWaitsForATargetAndNoLongerThanItsGrace() throws Exception {
    CompletableFuture<Target> waiting = CompletableFuture.supplyAsync(() -> slot.enter(LONG));
    slot.flip(one);
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isSameAs(one);

    slot.clear(one);
    assertThatThrownBy(() -> slot.enter(TimeUnit.MILLISECONDS.toNanos(50)))
        .isInstanceOfSatisfying(
            LadangException.class, e -> assertThat(e.code()).isEqualTo("LADANG-PROXY-001"))
        .hasMessageContaining("org.example.Weed of weeds");
  }

  @Test
  void vacantIsAPlaceForWhichNobodyIsOnTheWay() {
    Runnable proxy = (Runnable) ProxyHandler.proxy(Runnable.class, slot);
    assertThat(ProxyHandler.vacant(proxy)).isTrue();
    slot.flip(one);
    assertThat(ProxyHandler.vacant(proxy)).isFalse();
    slot.hold();
    slot.clear(one);
    assertThat(ProxyHandler.vacant(proxy)).as("the next one comes").isFalse();
    slot.flip(two);
    slot.clear(two);
    assertThat(ProxyHandler.vacant(proxy)).isTrue();
    Runnable plain = () -> {};
    assertThat(ProxyHandler.vacant(plain)).isFalse();
  }

  @Test
  void aVanishedTargetThatWasReplacedAlreadyTakesNothingAway() {
    slot.flip(one);
    slot.flip(two);
    slot.clear(one);

    assertThat(slot.target()).isSameAs(two);
  }

  @Test
  void heldCallsWaitUntilTheRelease() throws Exception {
    slot.flip(one);
    slot.hold();
    CompletableFuture<Target> waiting = CompletableFuture.supplyAsync(() -> slot.enter(LONG));
    assertThat(waiting).isNotDone();

    slot.flip(two);

    assertThat(waiting.get(10, TimeUnit.SECONDS)).isSameAs(two);
    assertThat(one.busy()).isZero();
  }

  @Test
  void whoIsInsideAnExclusiveTargetPassesWhileItIsHeld() {
    Slot exclusive = new Slot(identity, true, stopping);
    exclusive.flip(one);
    Target outer = exclusive.enter(LONG);
    exclusive.hold();

    Target inner = exclusive.enter(LONG);

    assertThat(inner).isSameAs(one);
    exclusive.leave(inner);
    exclusive.leave(outer);
    assertThat(one.busy()).isZero();
    assertThatThrownBy(() -> exclusive.enter(TimeUnit.MILLISECONDS.toNanos(20)))
        .isInstanceOf(LadangException.class);
  }

  @Test
  void aClosedSlotFailsAtOnceWithItsSentence() {
    slot.flip(one);
    slot.close("it was removed.");

    assertThatThrownBy(() -> slot.enter(LONG)).hasMessageEndingWith("it was removed.");
  }

  @Test
  void nobodyWaitsWhileTheFrameworkStops() {
    CompletableFuture<Target> waiting = CompletableFuture.supplyAsync(() -> slot.enter(LONG));
    stopping.begin();

    Awaitility.await().until(waiting::isCompletedExceptionally);
  }

  private static Target target() {
    Bundle bundle = answering(Bundle.class, null);
    return new Target(answering(ServiceReference.class, bundle), new Object(), null);
  }

  private static <T> T answering(Class<T> type, Object bundle) {
    return type.cast(
        Proxy.newProxyInstance(
            SlotTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getBundle" -> bundle;
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "toString" -> type.getSimpleName();
                  default -> throw new UnsupportedOperationException(method.getName());
                }));
  }
}
