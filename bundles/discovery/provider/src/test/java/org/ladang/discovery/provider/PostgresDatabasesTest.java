package org.ladang.discovery.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.discovery.EndpointInfo.Health;
import org.ladang.discovery.Query;
import org.osgi.service.jdbc.DataSourceFactory;
import org.postgresql.osgi.PGDataSourceFactory;

/** Queries to a real PostgreSQL. */
class PostgresDatabasesTest extends DatabasesTest {
  @TempDir static Path folder;
  private static Optional<Postgres> postgres = Optional.empty();

  @BeforeAll
  static void start() throws Exception {
    postgres = Postgres.start(folder);
    if (postgres.isEmpty()) {
      System.err.println(
          "!!! SKIPPED: there are no binaries of PostgreSQL for this platform, so nothing is tested"
              + " against it (PostgresDatabasesTest).");
    }
    assumeThat(postgres).isPresent();
  }

  @AfterAll
  static void stop() {
    postgres.ifPresent(Postgres::close);
  }

  @Override
  String url() {
    return postgres.orElseThrow().url();
  }

  @Override
  String driver() {
    return "org.postgresql.Driver";
  }

  @Override
  DataSourceFactory factory() {
    return new PGDataSourceFactory();
  }

  @Override
  String slow() {
    return "SELECT CAST(pg_sleep(30) AS VARCHAR)";
  }

  @Override
  String away() {
    return "://127.0.0.1:9/nowhere";
  }

  @Test
  void aSessionThatTheServerEndsIsNotFeltForLong() {
    assertThat(
            world
                .room
                .query(
                    BOOKS,
                    Query.of(
                        "SELECT CAST(pg_terminate_backend(pid) AS VARCHAR) FROM pg_stat_activity"
                            + " WHERE pid <> pg_backend_pid() AND datname = 'postgres'"))
                .columns())
        .hasSize(1);
    Awaitility.await()
        .ignoreExceptions()
        .until(() -> world.room.query(BOOKS, Query.of("SELECT 1")).rows().size() == 1);
    Awaitility.await().until(() -> state("main") == Health.UP);
  }
}
