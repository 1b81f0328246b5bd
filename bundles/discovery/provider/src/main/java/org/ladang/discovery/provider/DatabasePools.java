package org.ladang.discovery.provider;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ladang.discovery.Offer;
import org.ladang.kernel.LadangException;
import org.osgi.service.jdbc.DataSourceFactory;

/** The connections to all databases, and the drivers that are there. */
final class DatabasePools {
  /** What stands behind {@code jdbc:}, and the class by which OSGi's JDBC service names the driver for it. */
  private static final Map<String, String> DRIVERS =
      Map.of(
          "h2", "org.h2.Driver",
          "postgresql", "org.postgresql.Driver",
          "mariadb", "org.mariadb.jdbc.Driver",
          "mysql", "com.mysql.cj.jdbc.Driver",
          "sqlserver", "com.microsoft.sqlserver.jdbc.SQLServerDriver",
          "oracle", "oracle.jdbc.OracleDriver");

  private final Map<String, DataSourceFactory> drivers = new ConcurrentHashMap<>();
  private final Map<Entry, DatabasePool> pools = new ConcurrentHashMap<>();
  private volatile int most;

  DatabasePools(int most) {
    this.most = most;
  }

  void most(int connections) {
    most = connections;
  }

  void driver(String className, DataSourceFactory factory) {
    drivers.put(className, factory);
  }

  void noDriver(String className, DataSourceFactory factory) {
    drivers.remove(className, factory);
  }

  DatabasePool pool(Entry entry) {
    Offer offer = entry.offer();
    return pools.compute(
        entry,
        (same, present) -> {
          if (present != null && present.isFor(offer)) {
            return present;
          }
          if (present != null) {
            present.close();
          }
          return new DatabasePool(offer, most, this::factory);
        });
  }

  private DataSourceFactory factory(String url) {
    String[] parts = url.split(":", 3);
    String driver = DRIVERS.getOrDefault(parts.length > 1 ? parts[1] : "", "");
    DataSourceFactory factory = drivers.get(driver);
    if (factory == null) {
      throw new LadangException(
              "LADANG-DISCOVERY-013", "There is no driver for " + Addresses.shown(url) + ".")
          .next(
              driver.isEmpty()
                  ? "Ladang knows drivers for "
                      + String.join(", ", DRIVERS.keySet().stream().sorted().toList())
                      + "."
                  : "Drop the bundle with " + driver + " into deploy/.");
    }
    return factory;
  }

  /** Closes the connections of those that have gone. */
  void keepOnly(java.util.Set<Entry> present) {
    for (Entry entry : pools.keySet()) {
      if (!present.contains(entry)) {
        DatabasePool gone = pools.remove(entry);
        if (gone != null) {
          gone.close();
        }
      }
    }
  }

  void close() {
    keepOnly(java.util.Set.of());
  }
}
