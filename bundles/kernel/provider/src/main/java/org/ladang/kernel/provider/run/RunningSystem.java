package org.ladang.kernel.provider.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ladang.kernel.Events;
import org.ladang.kernel.Home;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.LadangRuntime;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the runtime is ready, said once in the log and kept in {@code run/}. */
final class RunningSystem implements LadangRuntime {
  private static final Logger LOG = LoggerFactory.getLogger("org.ladang");

  private final Home home;
  private final Bundle framework;
  private final BundleSwapper swapper;
  private final Events events;
  private volatile String readyLine = "";

  RunningSystem(Home home, Bundle framework, BundleSwapper swapper, Events events) {
    this.home = home;
    this.framework = framework;
    this.swapper = swapper;
    this.events = events;
  }

  void becameReady() {
    List<BundleStatus> all = swapper.statuses();
    long waiting = count(all, Condition.WAITING);
    String line =
        String.format(
            "Ladang %s ready in %d ms: %s, %s (%d refused%s)",
            home.version(),
            uptime().toMillis(),
            plural(
                all.stream().filter(s -> s.entry().kind() == Kind.SUBSYSTEM).count(), "subsystem"),
            plural(all.stream().filter(s -> s.entry().kind() == Kind.PLUGIN).count(), "plugin"),
            count(all, Condition.REFUSED) + count(all, Condition.STUCK),
            waiting == 0 ? "" : ", " + waiting + " waiting");
    readyLine = line;
    write("failed", "");
    LOG.info("{}", line);
    // Last: whoever finds the file finds the line in the log, too.
    write("ready", line);
    events.info("ladang.ready", "", line + ".");
  }

  void notReady(List<String> reasons) {
    String text = String.join("\n", reasons);
    write("failed", text);
    reasons.forEach(reason -> LOG.error("not ready: {}", reason));
    events.error("ladang.not-ready", "", text);
  }

  void stopping() {
    readyLine = "";
    write("ready", "");
    write("failed", "");
  }

  private static long count(List<BundleStatus> all, Condition condition) {
    return all.stream()
        .filter(s -> s.entry().kind() == Kind.PLUGIN && s.state() == condition)
        .count();
  }

  private static String plural(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  /** Whoever waits for the file sees it whole or not at all. */
  private void write(String name, String text) {
    Path file = home.run().resolve(name);
    try {
      if (text.isEmpty()) {
        Files.deleteIfExists(file);
      } else {
        Path temp = home.run().resolve(name + ".tmp");
        Files.writeString(temp, text + "\n");
        Files.move(temp, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      LOG.warn("{} could not be written", file, e);
    }
  }

  @Override
  public boolean ready() {
    return !readyLine.isEmpty();
  }

  @Override
  public Optional<String> readyLine() {
    return Optional.of(readyLine).filter(l -> !l.isEmpty());
  }

  @Override
  public Duration uptime() {
    return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
  }

  @Override
  public void stop() {
    new Thread(
            () -> {
              try {
                framework.stop();
              } catch (BundleException e) {
                LOG.error("the framework did not stop", e);
              }
            },
            "ladang-stop")
        .start();
  }
}
