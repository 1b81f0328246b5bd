package org.ladang.bench.shard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.ladang.itests.field.Field;
import org.ladang.shard.Expect;
import org.ladang.shard.FieldType;
import org.ladang.shard.ShardCluster;
import org.ladang.shard.Table;
import org.ladang.shard.Write;
import org.ladang.shard.WriteOutcome;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** The real provider in a real framework with the real kernel, called through the proxy that plugins get. */
final class LadangShards implements Contender {
  private static final String PID = "org.ladang.shard";
  private static final int BATCH = 5_000;

  private final String name;
  private final Field field;
  private final ShardCluster cluster;

  private LadangShards(String name, Field field, ShardCluster cluster) {
    this.name = name;
    this.field = field;
    this.cluster = cluster;
  }

  /**
   * Starts one.
   *
   * @param dist the distribution whose bundles are taken
   * @param home a new and empty folder
   * @param configuration of {@code org.ladang.shard}
   */
  static LadangShards start(String name, Path dist, Path home, Map<String, String> configuration)
      throws Exception {
    configure(home, configuration);
    Field field = Field.start(home, Map.of(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, shared(dist)));
    for (String base : List.of("h2-", "HikariCP-")) {
      field.plain(jar(dist.resolve("system/base"), base));
    }
    field.live(jar(dist.resolve("system/rooms"), "org.ladang.shard.provider-"));
    ShardCluster cluster = proxy(field);
    cluster.declare(Table.of("plants", org.ladang.shard.Field.indexed("kind", FieldType.STRING)));
    return new LadangShards(name, field, cluster);
  }

  /** As the configuration room would have stored it, before the provider starts. */
  private static void configure(Path home, Map<String, String> configuration) throws IOException {
    StringBuilder text =
        new StringBuilder("service.pid=\"" + PID + "\"\nservice.bundleLocation=\"?\"\n");
    configuration.forEach(
        (key, value) -> text.append(key).append("=\"").append(value).append("\"\n"));
    Path folder = Files.createDirectories(home.resolve("data/configadmin/org/ladang"));
    Files.writeString(folder.resolve("shard.config"), text);
  }

  /** The APIs are the benchmark's own, so that it can call what it finds; their versions are the distribution's. */
  private static String shared(Path dist) throws IOException {
    List<String> packages = new ArrayList<>();
    for (String api : List.of("org.ladang.kernel.api-", "org.ladang.shard.api-")) {
      try (JarFile jar = new JarFile(jar(dist.resolve("system/base"), api).toFile())) {
        String exports = jar.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
        // Without the uses directives: the system bundle needs none.
        packages.add(exports.replaceAll(";uses:=\"[^\"]*\"", ""));
      }
    }
    return String.join(",", packages);
  }

  private static Path jar(Path folder, String name) throws IOException {
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.filter(j -> j.getFileName().toString().startsWith(name))
          .findFirst()
          .orElseThrow();
    }
  }

  private static ShardCluster proxy(Field field) throws Exception {
    for (ServiceReference<ShardCluster> reference :
        field.context().getServiceReferences(ShardCluster.class, null)) {
      if ("org.ladang.kernel.provider".equals(reference.getBundle().getSymbolicName())) {
        return field.context().getService(reference);
      }
    }
    throw new IllegalStateException("The kernel has no proxy of the cluster.");
  }

  @Override
  public String name() {
    return name;
  }

  /** The cluster itself. */
  ShardCluster cluster() {
    return cluster;
  }

  @Override
  public void insert(String owner, String id, Map<String, Object> fields) {
    WriteOutcome.Written written = cluster.put("plants", owner, id, fields, Expect.absent());
    if (!written.warnings().isEmpty()) {
      throw new IllegalStateException("Not what is to be measured: " + written.warnings());
    }
  }

  @Override
  public void load(Iterable<Plant> plants) {
    List<Write> writes = new ArrayList<>();
    for (Plant plant : plants) {
      writes.add(
          new Write.Put("plants", plant.owner(), plant.id(), plant.fields(), Expect.absent()));
      if (writes.size() == BATCH) {
        write(writes);
      }
    }
    write(writes);
  }

  private void write(List<Write> writes) {
    for (WriteOutcome outcome : cluster.batch(writes)) {
      if (!(outcome instanceof WriteOutcome.Written)) {
        throw new IllegalStateException("Not written: " + outcome);
      }
    }
    writes.clear();
  }

  @Override
  public Map<String, Object> get(String owner, String id) {
    return cluster.get("plants", owner, id).orElseThrow().fields();
  }

  @Override
  public void close() throws Exception {
    field.close();
  }
}
