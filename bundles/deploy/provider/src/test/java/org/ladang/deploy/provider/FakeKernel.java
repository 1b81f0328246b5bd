package org.ladang.deploy.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.Meters;
import org.ladang.kernel.State;
import org.ladang.kernel.swap.Generation;
import org.ladang.kernel.swap.Generations;
import org.ladang.kernel.swap.Store;

/** The kernel's small services, in memory. */
final class FakeKernel {
  /** Where the process can be cut off: before each change of anything that is durable, and after it. */
  final PowerSwitch cut = new PowerSwitch();

  final FakeStore store;
  final FakeGenerations generations = new FakeGenerations(cut);
  final FakeState state = new FakeState(cut);
  final FakeEvents events = new FakeEvents();
  final Meters meters = new FakeMeters();

  FakeKernel(Path folder) {
    this.store = new FakeStore(folder, cut);
  }

  record FakeStore(Path folder, Runnable cut) implements Store {
    @Override
    public int retain(java.util.Set<String> used) {
      return 0; // The kernel's start does that.
    }

    @Override
    public String put(Path jar) {
      try {
        byte[] content = Files.readAllBytes(jar);
        String sha256 =
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        cut.run();
        Files.write(path(sha256), content);
        return sha256;
      } catch (IOException e) {
        throw new LadangException("LADANG-STORE-001", jar.getFileName() + ": " + e + ".", e);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Path path(String sha256) {
      return folder.resolve(sha256 + ".jar");
    }
  }

  static final class FakeGenerations implements Generations {
    final List<Generation> all = new ArrayList<>();
    boolean diskFull;

    private final Runnable cut;

    FakeGenerations(Runnable cut) {
      this.cut = cut;
      all.add(new Generation(1, Instant.EPOCH, "test", "The first.", List.of(), Map.of()));
    }

    @Override
    public Generation current() {
      return all.get(all.size() - 1);
    }

    @Override
    public List<Generation> kept() {
      List<Generation> newest = new ArrayList<>(all);
      Collections.reverse(newest);
      return newest;
    }

    @Override
    public Generation commit(String author, String reason, UnaryOperator<Content> change) {
      if (diskFull) {
        throw new LadangException("LADANG-GENERATION-001", "The disk is full.");
      }
      Generation now = current();
      Content next = change.apply(new Content(now.bundles(), now.inbox()));
      if (!next.bundles().equals(now.bundles()) || !next.inbox().equals(now.inbox())) {
        cut.run();
        all.add(
            new Generation(
                now.number() + 1, Instant.EPOCH, author, reason, next.bundles(), next.inbox()));
        cut.run();
      }
      return current();
    }
  }

  static final class FakeState implements State {
    final Map<String, Object> values = new TreeMap<>();
    private final Runnable cut;

    FakeState() {
      this(() -> {});
    }

    FakeState(Runnable cut) {
      this.cut = cut;
    }

    @Override
    public Optional<Object> get(String key) {
      return Optional.ofNullable(values.get(key));
    }

    @Override
    public Map<String, Object> all() {
      return new TreeMap<>(values);
    }

    @Override
    public void put(String key, Object value) {
      cut.run();
      values.put(key, value);
    }

    @Override
    public void remove(String key) {
      cut.run();
      values.remove(key);
    }

    @Override
    public Optional<Object> update(String key, UnaryOperator<Object> change) {
      Object next = change.apply(values.get(key));
      cut.run();
      values.put(key, next);
      return Optional.of(next);
    }
  }

  static final class FakeEvents implements Events {
    final List<Event> all = new ArrayList<>();

    @Override
    public void publish(
        Event.Severity severity,
        String type,
        String subject,
        String sentence,
        Map<String, Object> details) {
      all.add(new Event(Instant.EPOCH, type, severity, subject, sentence, details));
    }

    @Override
    public List<Event> recent(String typePrefix, int limit) {
      return all.stream().filter(e -> e.type().startsWith(typePrefix)).toList();
    }

    List<String> types() {
      return all.stream().map(Event::type).toList();
    }
  }

  private static final class FakeMeters implements Meters {
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    @Override
    public Counter counter(String name) {
      return counters.computeIfAbsent(
          name,
          n ->
              new Counter() {
                private long value;

                @Override
                public void add(long more) {
                  value += more;
                }

                @Override
                public long value() {
                  return value;
                }
              });
    }

    @Override
    public Timer timer(String name) {
      return new Timer() {
        @Override
        public void record(long nanos) {
          counter(name).add(1);
        }

        @Override
        public Reading reading() {
          Duration zero = Duration.ZERO;
          return new Reading(name, counter(name).value(), zero, zero, zero, zero, zero);
        }
      };
    }

    @Override
    public List<Reading> readings(String prefix) {
      return List.of();
    }
  }
}
