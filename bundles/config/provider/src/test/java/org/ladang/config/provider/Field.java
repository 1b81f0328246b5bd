package org.ladang.config.provider;

import static org.osgi.service.metatype.AttributeDefinition.BOOLEAN;
import static org.osgi.service.metatype.AttributeDefinition.DOUBLE;
import static org.osgi.service.metatype.AttributeDefinition.INTEGER;
import static org.osgi.service.metatype.AttributeDefinition.LONG;
import static org.osgi.service.metatype.AttributeDefinition.PASSWORD;
import static org.osgi.service.metatype.AttributeDefinition.STRING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ladang.config.Change;
import org.ladang.config.Configuration;
import org.ladang.config.Revision;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Home;

/** A small home with the configuration in it, and a room {@code shard} to configure. */
final class Field {
  static final String SHARD = "org.ladang.shard";

  /** What the room declares. */
  static final List<FakeFramework.Attribute> SHARD_SETTINGS =
      List.of(
          FakeFramework.Attribute.of("maxPool", INTEGER, "10").bounds("1", "500"),
          FakeFramework.Attribute.of("mode", STRING, "SYNC").options("SYNC", "ASYNC"),
          FakeFramework.Attribute.of("url", STRING, null),
          FakeFramework.Attribute.of("adminPin", PASSWORD, "geheim"),
          FakeFramework.Attribute.of("lazy", BOOLEAN, "false"),
          FakeFramework.Attribute.of("ratio", DOUBLE, "0.5"),
          FakeFramework.Attribute.of("bytes", LONG, "0"),
          FakeFramework.Attribute.of("nodes", STRING, "a,b").many());

  final Path root;
  final FakeFramework framework;
  final FakeState state = new FakeState();
  final FakeAdmin admin = new FakeAdmin();
  final FakeEvents events = new FakeEvents();
  final FakeScheduler scheduler = new FakeScheduler();
  final Map<String, String> environment = new HashMap<>();
  private LadangConfiguration configuration;

  Field(Path root) {
    this.root = root;
    this.framework = new FakeFramework(root);
    try {
      Files.createDirectories(root.resolve("conf"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Field withShard() {
    framework.room("shard", "0.1.0", Map.of(SHARD, SHARD_SETTINGS));
    return this;
  }

  Configuration open() {
    configuration =
        new LadangConfiguration(
            framework.context(),
            home(),
            room -> state,
            clock(),
            scheduler,
            events,
            framework.metatype(),
            admin.service(),
            environment);
    return configuration;
  }

  Configuration reopen() {
    configuration.close();
    return open();
  }

  void close() {
    configuration.close();
  }

  Revision set(String key, Object value) {
    return configuration.set(Change.of(SHARD, key, value, "alice", "a test"));
  }

  Object get(String key) {
    return configuration.get(SHARD).value(key).orElseThrow().value().orElse(null);
  }

  void file(String name, String text) {
    try {
      Files.writeString(root.resolve("conf").resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void noFile(String name) {
    try {
      Files.delete(root.resolve("conf").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Long enough for a changed file to be seen twice. */
  void look() {
    scheduler.turn();
    scheduler.turn();
  }

  Home home() {
    return new Home() {
      @Override
      public Path root() {
        return root;
      }

      @Override
      public String nodeId() {
        return "node";
      }

      @Override
      public String version() {
        return "0.1.0";
      }
    };
  }

  static Clock clock() {
    return new Clock() {
      private long ticks;

      @Override
      public Instant now() {
        return Instant.ofEpochSecond(++ticks);
      }

      @Override
      public long nanos() {
        return ++ticks;
      }
    };
  }
}
