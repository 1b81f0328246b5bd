package org.ladang.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.felix.hc.api.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.itests.field.Field;
import org.ladang.kernel.swap.SwapOutcome;
import org.osgi.framework.ServiceReference;

/** Whiteboard services of swappable bundles reach those who look for them, as proxies. */
class ProxiedServicesIT {
  private static final String HEARD = "ladang.test.heard";

  @TempDir Path temp;
  private Field field;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws Exception {
    field = Field.start(temp.resolve("home"));
    System.getProperties().put(HEARD, (Consumer<String>) heard::add);
  }

  @AfterEach
  void stop() throws Exception {
    System.getProperties().remove(HEARD);
    field.close();
  }

  @Test
  void anEventHandlerHearsThroughItsProxyBeforeAndAfterAFlip() throws Exception {
    field.live(handler("1.0.0", "one"));
    post();
    field.live(handler("2.0.0", "two"));
    post();

    assertThat(heard).containsExactly("one", "two");
  }

  @Test
  void aHealthCheckAnswersThroughItsProxyWithItsTagsAndItsOwner() throws Exception {
    field.live(check("1.0.0", "fine"));
    field.live(check("2.0.0", "better"));

    ServiceReference<?> proxy =
        java.util.Arrays.stream(
                field.context().getAllServiceReferences(HealthCheck.class.getName(), null))
            .filter(r -> r.getBundle().getSymbolicName().equals("org.ladang.kernel.provider"))
            .findFirst()
            .orElseThrow();
    Object check = field.context().getService(proxy);
    Object result = check.getClass().getInterfaces()[0].getMethod("execute").invoke(check);

    assertThat(result.toString()).contains("better");
    assertThat(proxy.getProperty("hc.tags")).isEqualTo("field");
    assertThat(proxy.getProperty("ladang.owner")).isEqualTo("org.example.check");
  }

  @Test
  void whatNoProxyCanStandForIsRefusedWithASentence() throws Exception {
    Path classAsService =
        Greeters.plugin("org.example.bad", "bad", "1.0.0", "")
            .source(
                "org.example.bad.Bad",
                """
                package org.example.bad;
                @org.osgi.service.component.annotations.Component(service = Bad.class)
                public class Bad {}
                """)
            .build(temp.resolve("jars"));
    Path prototype =
        Greeters.plugin("org.example.proto", "proto", "1.0.0", "")
            .source(
                "org.example.proto.Proto",
                """
                package org.example.proto;
                import org.osgi.service.component.annotations.*;
                @Component(scope = ServiceScope.PROTOTYPE)
                public class Proto implements Runnable { @Override public void run() {} }
                """)
            .build(temp.resolve("jars"));

    assertThat(((SwapOutcome.Refused) field.apply(classAsService)).sentence())
        .contains("publishes the class org.example.bad.Bad as a service");
    assertThat(((SwapOutcome.Refused) field.apply(prototype)).sentence())
        .contains("scope PROTOTYPE");
  }

  @Test
  void aComponentWithConfigurationIsServedThroughItsProxyAndKeepsItAcrossAFlip() throws Exception {
    configure("org.example.configured", Map.of("word", "seed"));
    field.live(configured("1.0.0"));
    field.live(configured("2.0.0"));

    ServiceReference<?> proxy =
        java.util.Arrays.stream(
                field.context().getAllServiceReferences("java.util.function.Supplier", null))
            .filter(r -> "org.example.configured".equals(r.getProperty("ladang.owner")))
            .findFirst()
            .orElseThrow();
    assertThat(((java.util.function.Supplier<?>) field.context().getService(proxy)).get())
        .isEqualTo("2.0.0 seed");
  }

  private void configure(String pid, Map<String, Object> values) throws Exception {
    ServiceReference<?> reference =
        field.context().getAllServiceReferences("org.osgi.service.cm.ConfigurationAdmin", null)[0];
    Object admin = field.context().getService(reference);
    Class<?> type = reference.getBundle().loadClass("org.osgi.service.cm.ConfigurationAdmin");
    Object configuration =
        type.getMethod("getConfiguration", String.class, String.class).invoke(admin, pid, "?");
    reference
        .getBundle()
        .loadClass("org.osgi.service.cm.Configuration")
        .getMethod("update", java.util.Dictionary.class)
        .invoke(configuration, new java.util.Hashtable<>(values));
  }

  private Path configured(String version) throws Exception {
    return Greeters.plugin("org.example.configured", "configured", version, "")
        .source(
            "org.example.configured.Configured",
            """
            package org.example.configured;
            import java.util.Map;
            import org.osgi.service.component.annotations.*;
            @Component(configurationPid = "org.example.configured",
                configurationPolicy = ConfigurationPolicy.REQUIRE)
            public class Configured implements java.util.function.Supplier<String> {
              private final Object word;
              @Activate public Configured(Map<String, Object> values) { word = values.get("word"); }
              @Override public String get() { return "VERSION " + word; }
            }
            """
                .replace("VERSION", version))
        .build(temp.resolve("jars"));
  }

  @Test
  void cyclicCallsBetweenTwoPluginsSurviveAFlip() throws Exception {
    Greeters greeters = new Greeters(temp.resolve("jars"));
    field.plain(greeters.api());
    Path ping = cyclic("ping", "pong", "1.0.0");
    field.live(ping);
    field.live(cyclic("pong", "ping", "1.0.0"));
    Object proxy = user("ping");

    assertThat(use(proxy)).isEqualTo("ping pong ping");
    for (int i = 2; i < 12; i++) {
      assertThat(field.apply(cyclic("ping", "pong", i + ".0.0")))
          .isInstanceOf(SwapOutcome.Live.class);
      assertThat(field.apply(cyclic("pong", "ping", i + ".0.0")))
          .isInstanceOf(SwapOutcome.Live.class);
      assertThat(use(proxy)).isEqualTo("ping pong ping");
    }
  }

  private void post() throws Exception {
    ServiceReference<?> reference =
        field.context().getAllServiceReferences("org.osgi.service.event.EventAdmin", null)[0];
    Object admin = field.context().getService(reference);
    Class<?> event = admin.getClass().getClassLoader().loadClass("org.osgi.service.event.Event");
    Object posted =
        event.getConstructor(String.class, Map.class).newInstance("field/test", Map.of());
    reference
        .getBundle()
        .loadClass("org.osgi.service.event.EventAdmin")
        .getMethod("sendEvent", event)
        .invoke(admin, posted);
  }

  private Path handler(String version, String word) throws Exception {
    return Greeters.plugin("org.example.handler", "handler", version, "")
        .source(
            "org.example.handler.Handler",
            """
            package org.example.handler;
            import org.osgi.service.component.annotations.*;
            import org.osgi.service.event.*;
            @Component(property = "event.topics=field/test")
            public class Handler implements EventHandler {
              @SuppressWarnings("unchecked")
              @Override public void handleEvent(Event event) {
                ((java.util.function.Consumer<String>) System.getProperties().get("ladang.test.heard")).accept("WORD");
              }
            }
            """
                .replace("WORD", word))
        .build(temp.resolve("jars"));
  }

  private Path check(String version, String word) throws Exception {
    return Greeters.plugin("org.example.check", "check", version, "")
        .source(
            "org.example.check.Check",
            """
            package org.example.check;
            import org.apache.felix.hc.api.*;
            import org.osgi.service.component.annotations.*;
            @Component(property = "hc.tags=field")
            public class Check implements HealthCheck {
              @Override public Result execute() { return new Result(Result.Status.OK, "WORD"); }
            }
            """
                .replace("WORD", word))
        .build(temp.resolve("jars"));
  }

  /** Calls the other one, which calls back, which ends. */
  private Path cyclic(String name, String other, String version) throws Exception {
    return Greeters.plugin("org.example." + name, name, version, "")
        .against(temp.resolve("jars/org.example.api-1.0.0.jar"))
        .source(
            "org.example." + name + ".Cyclic",
            """
            package org.example.NAME;
            import org.example.api.*;
            import org.osgi.service.component.annotations.*;
            @Component(property = "name=NAME")
            public class Cyclic implements User {
              @Reference(target = "(name=OTHER)", cardinality = ReferenceCardinality.OPTIONAL,
                  policy = ReferencePolicy.DYNAMIC)
              volatile User other;
              private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);
              @Override public String use() {
                int depth = DEPTH.get();
                DEPTH.set(depth + 1);
                try {
                  return depth > 0 ? "NAME" : "NAME " + other.use();
                } finally {
                  DEPTH.set(depth);
                }
              }
              @Override public String life() { return ""; }
            }
            """
                .replace("NAME", name)
                .replace("OTHER", other))
        .build(temp.resolve("jars"));
  }

  private Object user(String name) throws Exception {
    ServiceReference<?> reference =
        java.util.Arrays.stream(
                field
                    .context()
                    .getAllServiceReferences("org.example.api.User", "(name=" + name + ")"))
            .filter(r -> r.getBundle().getSymbolicName().equals("org.ladang.kernel.provider"))
            .findFirst()
            .orElseThrow();
    return field.context().getService(reference);
  }

  private static Object use(Object user) throws Exception {
    return user.getClass().getInterfaces()[0].getMethod("use").invoke(user);
  }
}
