package org.ladang.bench.shard;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** ShardingSphere-JDBC over ten H2 files, in a class loader of its own: it brings other versions of half of the world. */
final class ShardingSphere implements Contender {
  private final URLClassLoader loader;
  private final DataSource source;

  private ShardingSphere(URLClassLoader loader, DataSource source) {
    this.loader = loader;
    this.source = source;
  }

  static ShardingSphere open(Path jars, Path folder) throws Exception {
    URLClassLoader loader = new URLClassLoader(urls(jars), ClassLoader.getPlatformClassLoader());
    Thread current = Thread.currentThread();
    ClassLoader before = current.getContextClassLoader();
    current.setContextClassLoader(loader);
    try {
      Class<?> factory =
          loader.loadClass(
              "org.apache.shardingsphere.driver.api.yaml.YamlShardingSphereDataSourceFactory");
      DataSource source =
          (DataSource)
              factory
                  .getMethod("createDataSource", byte[].class)
                  .invoke(null, (Object) yaml(folder).getBytes(StandardCharsets.UTF_8));
      JdbcRows.create(source);
      return new ShardingSphere(loader, source);
    } finally {
      current.setContextClassLoader(before);
    }
  }

  private static URL[] urls(Path jars) throws IOException {
    List<URL> urls = new ArrayList<>();
    try (Stream<Path> files = Files.list(jars)) {
      for (Path jar : (Iterable<Path>) files.sorted()::iterator) {
        urls.add(jar.toUri().toURL());
      }
    }
    return urls.toArray(URL[]::new);
  }

  private static String yaml(Path folder) {
    StringBuilder yaml =
        new StringBuilder(
            "databaseName: bench\nmode:\n  type: Standalone\n  repository:\n    type: Memory\ndataSources:\n");
    for (int i = 0; i < SHARDS; i++) {
      yaml.append(
          """
            ds_%d:
              dataSourceClassName: com.zaxxer.hikari.HikariDataSource
              driverClassName: org.h2.Driver
              jdbcUrl: "%s"
              username: sa
              password: ""
              maxPoolSize: 10
          """
              .formatted(i, JdbcRows.url(folder.resolve("sphere-" + i))));
    }
    yaml.append(
        """
        rules:
          - !SINGLE
            tables: ["*.*"]
          - !SHARDING
            autoTables:
              plants:
                actualDataSources: ds_${0..%d}
                shardingStrategy:
                  standard:
                    shardingColumn: owner
                    shardingAlgorithmName: by_owner
            shardingAlgorithms:
              by_owner:
                type: HASH_MOD
                props:
                  sharding-count: %d
        props:
          sql-show: false
        """
            .formatted(SHARDS - 1, SHARDS));
    return yaml.toString();
  }

  @Override
  public String name() {
    return "ShardingSphere-JDBC";
  }

  @Override
  public void insert(String owner, String id, Map<String, Object> fields) throws Exception {
    JdbcRows.insert(source, owner, id, fields);
  }

  @Override
  public void load(Iterable<Plant> plants) throws Exception {
    JdbcRows.load(source, plants);
  }

  @Override
  public Map<String, Object> get(String owner, String id) throws Exception {
    return JdbcRows.get(source, owner, id);
  }

  @Override
  public void close() throws Exception {
    ((AutoCloseable) source).close();
    loader.close();
  }
}
