package org.ladang.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.itests.field.BundleBuilder;
import org.ladang.itests.field.Field;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.SwapOutcome;
import org.ladang.kernel.swap.Swapper;

/** A lazy plugin is known, checked and listed, but nothing of it is loaded before its first call. */
class LazyPluginIT {
  private static final String LOADED = "ladang.test.loaded";

  @TempDir Path temp;
  private Field field;
  private final List<String> loaded = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws Exception {
    field = Field.start(temp.resolve("home"));
    System.getProperties().put(LOADED, (Consumer<String>) loaded::add);
  }

  @AfterEach
  void stop() throws Exception {
    System.getProperties().remove(LOADED);
    field.close();
  }

  @Test
  void noClassIsLoadedBeforeTheFirstCall() throws Exception {
    SwapOutcome outcome = field.apply(sleeper("1.0.0", ""));

    assertThat(outcome.status().state()).isEqualTo(Condition.READY_LAZY);
    assertThat(field.service(ActionCatalog.class).find("sleeper:say")).isPresent();
    assertThat(loaded).isEmpty();

    assertThat(say("field")).isEqualTo("1.0.0 field");
    assertThat(loaded).containsExactly("1.0.0");
    assertThat(field.service(Swapper.class).status("sleeper").orElseThrow().state())
        .isEqualTo(Condition.ACTIVE);
    assertThat(say("again")).isEqualTo("1.0.0 again");
    assertThat(loaded).hasSize(1);
  }

  @Test
  void aLazyPluginThatDoesNotResolveIsRefusedWhenItIsDropped() throws Exception {
    Path jar =
        BundleBuilder.bundle("org.example.sleeper")
            .header("Provide-Capability", "ladang.plugin;ladang.plugin=sleeper;activation=lazy")
            .header("Import-Package", "org.example.nowhere;version=\"[1,2)\"")
            .build(temp.resolve("jars"));

    SwapOutcome outcome = field.apply(jar);

    assertThat(((SwapOutcome.Refused) outcome).sentence())
        .contains("needs package org.example.nowhere in [1")
        .contains("no bundle offers it");
  }

  @Test
  void aFailureOfTheFirstCallIsASentenceAndTheUpgradeCures() throws Exception {
    field.apply(sleeper("1.0.0", "if (true) throw new IllegalStateException(\"no dream\");"));

    assertThatThrownBy(() -> say("field"))
        .isInstanceOf(LadangException.class)
        .hasMessageContaining("no dream");

    assertThat(field.apply(sleeper("2.0.0", ""))).isInstanceOf(SwapOutcome.Live.class);
    assertThat(say("field")).isEqualTo("2.0.0 field");
  }

  private Object say(String word) {
    return field
        .service(Gate.class)
        .call(
            CallContext.of(Principal.SYSTEM, "local", "t", Instant.now().plusSeconds(10)),
            "sleeper:say",
            Map.of("word", word));
  }

  private Path sleeper(String version, String activate) throws Exception {
    return BundleBuilder.bundle("org.example.sleeper")
        .version(version)
        .header("Provide-Capability", "ladang.plugin;ladang.plugin=sleeper;activation=lazy")
        .source(
            "org.example.sleeper.Sleeper",
            """
            package org.example.sleeper;
            import org.ladang.kernel.action.*;
            import org.osgi.service.component.annotations.*;
            @Component
            public class Sleeper implements ActionSource {
              static {
                @SuppressWarnings("unchecked")
                java.util.function.Consumer<String> loaded =
                    (java.util.function.Consumer<String>) System.getProperties().get("ladang.test.loaded");
                loaded.accept("VERSION");
              }
              @Activate void activate() { ACTIVATE }
              @Action(description = "Says a word.", role = Role.VIEWER)
              public String say(String word) { return "VERSION " + word; }
            }
            """
                .replace("VERSION", version)
                .replace("ACTIVATE", activate))
        .build(temp.resolve("jars"));
  }
}
