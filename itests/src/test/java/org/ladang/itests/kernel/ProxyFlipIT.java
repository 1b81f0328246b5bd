package org.ladang.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.itests.field.Field;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.SwapOutcome;
import org.ladang.kernel.swap.Swapper;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** The ground everything stands on: a stable proxy whose target flips while calls go on. */
class ProxyFlipIT {
  private static final int FLIPS = 1000;

  @TempDir Path temp;
  private Greeters greeters;
  private Field field;

  @BeforeEach
  void start() throws Exception {
    greeters = new Greeters(temp.resolve("jars"));
    // Nobody is to bring back what a test takes away.
    field = Field.start(temp.resolve("home"), Map.of("ladang.restart.millis", "60000"));
    field.plain(greeters.api());
  }

  @AfterEach
  void stop() throws Exception {
    field.close();
  }

  @Test
  void sixKindsOfReferenceServeThroughAThousandFlipsWithoutAFailedCall() throws Exception {
    Path[] editions = {greeters.provider("1.0.0", "one"), greeters.provider("2.0.0", "two")};
    assertThat(field.apply(editions[0])).isInstanceOf(SwapOutcome.Live.class);
    Bundle users = field.plain(greeters.users());
    List<Object> all = users(users);
    assertThat(all).hasSize(6);

    AtomicBoolean over = new AtomicBoolean();
    AtomicLong calls = new AtomicLong();
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (Object user : all) {
      Thread thread = new Thread(() -> hammer(user, over, calls, failures), "hammer");
      thread.start();
      threads.add(thread);
    }
    for (int flip = 1; flip <= FLIPS && failures.isEmpty(); flip++) {
      assertThat(field.apply(editions[flip % 2])).isInstanceOf(SwapOutcome.Live.class);
    }
    over.set(true);
    for (Thread thread : threads) {
      thread.join(10_000);
    }

    assertThat(failures).isEmpty();
    assertThat(calls.get()).isGreaterThan(FLIPS);
    for (Object user : all) {
      assertThat(call(user, "life")).as("activated/deactivated").isEqualTo("1/0");
    }
    assertThat(field.bundles(Greeters.PROVIDER)).as("the old ones are gone").hasSize(1);
  }

  @Test
  void noClassLoaderOfAFormerVersionIsLeft() throws Exception {
    Path[] editions = {greeters.provider("1.0.0", "one"), greeters.provider("2.0.0", "two")};
    field.live(editions[0]);
    Object greeter = greeter();
    List<java.lang.ref.WeakReference<ClassLoader>> former = new ArrayList<>();
    for (int flip = 1; flip <= 20; flip++) {
      greet(greeter, "you");
      former.add(
          new java.lang.ref.WeakReference<>(
              field
                  .bundles(Greeters.PROVIDER)
                  .get(0)
                  .adapt(org.osgi.framework.wiring.BundleWiring.class)
                  .getClassLoader()));
      field.live(editions[flip % 2]);
    }

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              Runtime.getRuntime().gc();
              // The kernel may still be busy with the very last one.
              assertThat(former.stream().filter(r -> r.get() != null).count()).isLessThan(2);
            });
  }

  @Test
  void theRawServiceIsSeenByItsOwnBundleOnlyAndTheProxyByAllOthers() throws Exception {
    field.live(greeters.provider("1.0.0", "one"));
    Bundle users = field.plain(greeters.users());
    Bundle provider = field.bundles(Greeters.PROVIDER).get(0);

    ServiceReference<?>[] others = field.seenBy(users, "org.example.api.Greeter");
    ServiceReference<?>[] own = field.seenBy(provider, "org.example.api.Greeter");

    assertThat(others).hasSize(1);
    assertThat(others[0].getBundle().getSymbolicName()).isEqualTo("org.ladang.kernel.provider");
    assertThat(others[0].getProperty("colour")).isEqualTo("green");
    assertThat(own).hasSize(1);
    assertThat(own[0].getBundle()).isEqualTo(provider);
  }

  @Test
  void aCallThatIsInsideEndsInTheOldTargetWhileNewOnesGoToTheNew() throws Exception {
    field.live(
        greeters.provider(
            "1.0.0",
            "one",
            "",
            "if (name.equals(\"slow\")) { try { Thread.sleep(700); } catch (InterruptedException e) { return \"interrupted\"; } } return \"one \" + name;"));
    Object greeter = greeter();
    CompletableFuture<Object> slow = CompletableFuture.supplyAsync(() -> greet(greeter, "slow"));
    CompletableFuture<Object> swap = new CompletableFuture<>();
    Path next = greeters.provider("2.0.0", "two");
    new Thread(() -> swap.complete(field.apply(next))).start();

    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> "two you".equals(greet(greeter, "you")));
    assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo("one slow");
    assertThat(swap.get(10, TimeUnit.SECONDS)).isInstanceOf(SwapOutcome.Live.class);
  }

  @Test
  void aCallLastsUntilItsStageIsDone() throws Exception {
    field.live(greeters.provider("1.0.0", "one"));
    Object greeter = greeter();
    CompletableFuture<String> when = new CompletableFuture<>();
    Object later =
        greeter
            .getClass()
            .getMethod("later", java.util.concurrent.CompletionStage.class)
            .invoke(greeter, when);
    CountDownLatch swapped = new CountDownLatch(1);
    Path next = greeters.provider("2.0.0", "two");
    new Thread(
            () -> {
              field.apply(next);
              swapped.countDown();
            })
        .start();
    Awaitility.await().until(() -> "two you".equals(greet(greeter, "you")));

    assertThat(swapped.getCount()).as("the old one waits for the stage").isEqualTo(1);
    when.complete("now");
    assertThat(((CompletableFuture<?>) later).get(5, TimeUnit.SECONDS)).isEqualTo("one later");
    assertThat(swapped.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aTargetWiredToAnotherVersionOfTheApiIsRefusedAndTheOldOneServes() throws Exception {
    field.live(greeters.provider("1.0.0", "one"));
    Object greeter = greeter();
    field.plain(greeters.api("1.1.0"));
    Path next =
        Greeters.plugin(Greeters.PROVIDER, "greeter", "2.0.0", "")
            .header("Import-Package", "org.example.api;version=\"[1.1,2)\",*")
            .against(temp.resolve("jars/org.example.api-1.0.0.jar"))
            .source(
                "org.example.greeter.GreeterComponent",
                """
                package org.example.greeter;
                @org.osgi.service.component.annotations.Component
                public class GreeterComponent implements org.example.api.Greeter {
                  @Override public String greet(String name) { return "two " + name; }
                }
                """)
            .build(temp.resolve("jars"));

    SwapOutcome outcome = field.apply(next);

    assertThat(outcome).isInstanceOf(SwapOutcome.Refused.class);
    assertThat(((SwapOutcome.Refused) outcome).sentence())
        .contains("another version of org.example.api");
    assertThat(greet(greeter, "you")).isEqualTo("one you");
  }

  @Test
  void theSameVersionWithOtherContentIsARedeploy() throws Exception {
    field.live(greeters.provider("1.0.0", "one"));
    Object greeter = greeter();

    assertThat(field.apply(greeters.provider("1.0.0", "other")))
        .isInstanceOf(SwapOutcome.Live.class);

    assertThat(greet(greeter, "you")).isEqualTo("other you");
    assertThat(field.bundles(Greeters.PROVIDER)).hasSize(1);
  }

  @Test
  void aBundleThatMustNotOverlapIsSwappedWhileCallsWaitAndCallsFromInsidePass() throws Exception {
    String body =
        """
        if (name.startsWith("inside ")) {
          try { Thread.sleep(500); } catch (InterruptedException e) { return "interrupted"; }
          // Goes out through the proxy that everyone uses and comes back into this very target.
          java.util.function.Function<Object, Object> back =
              (java.util.function.Function<Object, Object>) System.getProperties().get("ladang.test.back");
          return "outer and " + back.apply(name.substring(7));
        }
        return "EDITION " + name;
        """;
    Path one = greeters.provider("1.0.0", "one", ";overlap=false", body.replace("EDITION", "one"));
    Path two = greeters.provider("2.0.0", "two", ";overlap=false", body.replace("EDITION", "two"));
    field.live(one);
    Object greeter = greeter();
    System.getProperties()
        .put(
            "ladang.test.back",
            (java.util.function.Function<Object, Object>) name -> greet(greeter, (String) name));
    try {
      CompletableFuture<Object> inside =
          CompletableFuture.supplyAsync(() -> greet(greeter, "inside me"));
      CompletableFuture<SwapOutcome> swap =
          CompletableFuture.supplyAsync(
              () -> field.apply(two),
              CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));
      CompletableFuture<Object> waits =
          CompletableFuture.supplyAsync(
              () -> greet(greeter, "you"),
              CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));

      assertThat(inside.get(10, TimeUnit.SECONDS)).isEqualTo("outer and one me");
      assertThat(swap.get(10, TimeUnit.SECONDS)).isInstanceOf(SwapOutcome.Live.class);
      assertThat(waits.get(10, TimeUnit.SECONDS)).isEqualTo("two you");
    } finally {
      System.getProperties().remove("ladang.test.back");
    }
  }

  @Test
  void aBadReplacementThatMustNotOverlapBringsTheOldOneBack() throws Exception {
    field.live(greeters.provider("1.0.0", "one", ";overlap=false", "return \"one \" + name;"));
    Object greeter = greeter();
    Path bad =
        Greeters.plugin(Greeters.PROVIDER, "greeter", "2.0.0", ";overlap=false")
            .against(temp.resolve("jars/org.example.api-1.0.0.jar"))
            .source(
                "org.example.greeter.GreeterComponent",
                """
                package org.example.greeter;
                import org.osgi.service.component.annotations.*;
                @Component
                public class GreeterComponent implements org.example.api.Greeter {
                  @Activate void activate() { throw new IllegalStateException("no seed"); }
                  @Override public String greet(String name) { return "two " + name; }
                }
                """)
            .build(temp.resolve("jars"));

    SwapOutcome outcome = field.apply(bad);

    assertThat(((SwapOutcome.Refused) outcome).sentence()).contains("no seed");
    assertThat(greet(greeter, "you")).isEqualTo("one you");
  }

  @Test
  void aTargetThatVanishesOutsideASwapLeavesTheProxyAndCallsFailWithASentence() throws Exception {
    field.live(greeters.provider("1.0.0", "one"));
    Object greeter = greeter();

    field.bundles(Greeters.PROVIDER).get(0).stop();

    assertThatThrownBy(() -> greet(greeter, "you"))
        .hasMessageContaining("There is no org.example.api.Greeter of org.example.greeter");
    assertThat(field.find(Object.class.cast(greeter).getClass().getInterfaces()[0], null))
        .isPresent();

    field.bundles(Greeters.PROVIDER).get(0).start();
    Awaitility.await().untilAsserted(() -> assertThat(greet(greeter, "you")).isEqualTo("one you"));
  }

  @Test
  void aRemovedBundleTakesItsProxiesAlong() throws Exception {
    field.live(greeters.provider("1.0.0", "one"));
    Object greeter = greeter();

    field.service(Swapper.class).remove(Greeters.PROVIDER);

    assertThat(field.context().getServiceReference("org.example.api.Greeter")).isNull();
    assertThatThrownBy(() -> greet(greeter, "you")).hasMessageContaining("removed");
    assertThat(field.service(Swapper.class).status("greeter")).isEmpty();
    assertThat(field.bundles(Greeters.PROVIDER)).isEmpty();
  }

  @Test
  void equalsHashCodeAndToStringAreTheProxysOwn() throws Exception {
    field.live(greeters.provider("1.0.0", "one"));
    Object greeter = greeter();
    int hash = greeter.hashCode();

    field.live(greeters.provider("2.0.0", "two"));

    assertThat(greeter).isEqualTo(greeter).hasToString(greeter.toString());
    assertThat(greeter.hashCode()).isEqualTo(hash);
    assertThat(greeter.toString()).contains("org.example.api.Greeter");
    assertThat(field.service(Swapper.class).status("greeter").orElseThrow().state())
        .isEqualTo(Condition.ACTIVE);
  }

  private Object greeter() {
    ServiceReference<?> reference =
        java.util.Arrays.stream(allGreeters())
            .filter(r -> r.getBundle().getSymbolicName().equals("org.ladang.kernel.provider"))
            .findFirst()
            .orElseThrow();
    return field.context().getService(reference);
  }

  private ServiceReference<?>[] allGreeters() {
    try {
      return field.context().getAllServiceReferences("org.example.api.Greeter", null);
    } catch (org.osgi.framework.InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Object> users(Bundle bundle) throws Exception {
    List<Object> users = new ArrayList<>();
    for (ServiceReference<?> reference :
        field.context().getAllServiceReferences("org.example.api.User", null)) {
      assertThat(reference.getBundle()).isEqualTo(bundle);
      users.add(field.context().getService(reference));
    }
    return users;
  }

  private static void hammer(
      Object user,
      AtomicBoolean over,
      AtomicLong calls,
      ConcurrentLinkedQueue<Throwable> failures) {
    while (!over.get() && failures.isEmpty()) {
      try {
        String answer = (String) call(user, "use");
        if (!answer.equals("one you") && !answer.equals("two you")) {
          failures.add(new AssertionError(answer));
        }
        calls.incrementAndGet();
        Thread.yield();
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
  }

  private static Object call(Object target, String method) {
    try {
      return target.getClass().getMethod(method).invoke(target);
    } catch (java.lang.reflect.InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object greet(Object greeter, String name) {
    try {
      return greeter
          .getClass()
          .getInterfaces()[0]
          .getMethod("greet", String.class)
          .invoke(greeter, name);
    } catch (java.lang.reflect.InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
