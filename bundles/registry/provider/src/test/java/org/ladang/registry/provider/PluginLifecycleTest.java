package org.ladang.registry.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.Home;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.Passport;
import org.ladang.registry.Plugin;
import org.ladang.registry.PluginHealth;
import org.ladang.registry.PluginInfo;

class PluginLifecycleTest {
  @TempDir Path folder;
  private final Passport passport = Fakes.plugin("cows", "1.0.0");
  private final Bare plugin = new Bare();
  private PluginLifecycle lifecycle;

  @BeforeEach
  void open() {
    Home home =
        new Home() {
          @Override
          public Path root() {
            return folder;
          }

          @Override
          public String nodeId() {
            return "n";
          }

          @Override
          public String version() {
            return "0";
          }
        };
    lifecycle = new PluginLifecycle(home, Duration.ofMillis(50), Duration.ofMillis(50));
  }

  @Test
  void aBarePluginIsToldWhoItIsBeforeItServes() {
    plugin.answer = CompletableFuture.completedStage(null);
    lifecycle.beforeLive(passport, plugin);

    assertThat(plugin.info.name()).isEqualTo("cows");
    assertThat(plugin.info.dataDir()).isDirectory().hasFileName("cows");
  }

  @Test
  void onePluginThatNeverInitializesIsRefused() {
    plugin.answer = new CompletableFuture<>();

    assertThatThrownBy(() -> lifecycle.beforeLive(passport, plugin))
        .isInstanceOf(LadangException.class)
        .hasMessage("cows 1.0.0 did not finish initialize() within 50 ms.");
  }

  @Test
  void aFailureToInitializeKeepsItsFirstLine() {
    plugin.answer = CompletableFuture.failedStage(new IllegalStateException("No grass.\nAt all."));
    assertThatThrownBy(() -> lifecycle.beforeLive(passport, plugin))
        .hasMessage("cows 1.0.0 failed in initialize() with IllegalStateException: No grass.");

    plugin.answer = CompletableFuture.failedStage(new LadangException("COWS-001", "No grass."));
    assertThatThrownBy(() -> lifecycle.beforeLive(passport, plugin)).hasMessage("No grass.");

    plugin.answer = null;
    assertThatThrownBy(() -> lifecycle.beforeLive(passport, plugin))
        .isInstanceOf(LadangException.class);
  }

  @Test
  void cleanupThatNeverEndsDoesNotHoldUpTheSwap() {
    plugin.answer = new CompletableFuture<>();
    lifecycle.afterRetired(passport, plugin);

    assertThat(plugin.cleaned).isTrue();
  }

  @Test
  void otherObjectsAreLeftAlone() {
    lifecycle.beforeLive(passport, "no plugin");
    lifecycle.afterRetired(passport, "no plugin");

    assertThat(folder).isEmptyDirectory();
  }

  private static final class Bare implements Plugin {
    private CompletionStage<Void> answer;
    private PluginInfo info;
    private boolean cleaned;

    @Override
    public CompletionStage<Void> initialize(PluginInfo told) {
      info = told;
      return answer;
    }

    @Override
    public CompletionStage<Object> execute(String action, Map<String, Object> arguments) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> cleanup() {
      cleaned = true;
      return answer;
    }

    @Override
    public CompletionStage<PluginHealth> health() {
      return CompletableFuture.completedStage(PluginHealth.healthy());
    }
  }
}
