package org.ladang.bench.shard;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ten H2 files behind HikariCP, and a line that picks one: no map, no epoch, no replica. */
final class ByHand implements Contender {
  private final List<HikariDataSource> shards = new ArrayList<>();

  ByHand(Path folder) throws SQLException {
    for (int i = 0; i < SHARDS; i++) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(JdbcRows.url(folder.resolve("by-hand-" + i)));
      config.setUsername("sa");
      config.setPassword("");
      config.setMaximumPoolSize(10);
      HikariDataSource shard = new HikariDataSource(config);
      shards.add(shard);
      JdbcRows.create(shard);
    }
  }

  @Override
  public String name() {
    return "by hand";
  }

  private HikariDataSource shard(String owner) {
    return shards.get(Math.floorMod(owner.hashCode(), SHARDS));
  }

  @Override
  public void insert(String owner, String id, Map<String, Object> fields) throws Exception {
    JdbcRows.insert(shard(owner), owner, id, fields);
  }

  @Override
  public void load(Iterable<Plant> plants) throws Exception {
    List<List<Plant>> parts = new ArrayList<>();
    for (int i = 0; i < SHARDS; i++) {
      parts.add(new ArrayList<>());
    }
    plants.forEach(p -> parts.get(Math.floorMod(p.owner().hashCode(), SHARDS)).add(p));
    for (int i = 0; i < SHARDS; i++) {
      JdbcRows.load(shards.get(i), parts.get(i));
    }
  }

  @Override
  public Map<String, Object> get(String owner, String id) throws Exception {
    return JdbcRows.get(shard(owner), owner, id);
  }

  @Override
  public void close() {
    shards.forEach(HikariDataSource::close);
  }
}
