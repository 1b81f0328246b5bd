package org.ladang.discovery.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ladang.discovery.Check;
import org.ladang.discovery.EndpointInfo.Health;
import org.ladang.discovery.Instance;
import org.ladang.discovery.Offer;
import org.ladang.discovery.Query;
import org.ladang.discovery.Route;
import org.ladang.discovery.Rows;
import org.osgi.service.jdbc.DataSourceFactory;

/** What every database must do; the tests of each say where it is. */
@Timeout(120)
abstract class DatabasesTest {
  static final Check QUICK = new Check(Duration.ofMillis(50), Duration.ofMillis(500), "", 2, 1);
  static final Route BOOKS = Route.to("books");

  final RealWorld world = new RealWorld();

  abstract String url() throws Exception;

  abstract String driver();

  abstract DataSourceFactory factory();

  /** A query that takes seconds, and the number of seconds is its parameter. */
  abstract String slow();

  Map<String, String> access() {
    return Map.of("user", "ladang");
  }

  @BeforeEach
  void open() throws Exception {
    world.room.bindDriver(factory(), Map.of(DataSourceFactory.OSGI_JDBC_DRIVER_CLASS, driver()));
    offer("main", url());
    world.room.update(BOOKS, Query.of("DROP TABLE IF EXISTS book"));
    world.room.update(
        BOOKS,
        Query.of(
            "CREATE TABLE book (id INT PRIMARY KEY, title VARCHAR(100), price DECIMAL(10,2),"
                + " sold BOOLEAN, since DATE)"));
    for (int i = 0; i < 20; i++) {
      assertThat(
              world.room.update(
                  BOOKS,
                  Query.of(
                      "INSERT INTO book VALUES (?, ?, 2.50, ?, DATE '2026-03-01')",
                      i,
                      i == 7 ? null : "Book " + i,
                      i % 2 == 0)))
          .isEqualTo(1);
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  void offer(String id, String url) {
    world.room.register(
        new Offer(Instance.database("books", id, url), QUICK, Duration.ZERO, access()));
  }

  @Test
  void rowsComeAsValues() {
    Rows rows =
        world.room.query(
            BOOKS, Query.of("SELECT id, title, price, sold, since FROM book WHERE id = ?", 6));
    assertThat(rows.columns())
        .map(String::toLowerCase)
        .containsExactly("id", "title", "price", "sold", "since");
    assertThat(rows.rows())
        .containsExactly(
            List.of(6, "Book 6", new java.math.BigDecimal("2.50"), true, "2026-03-01"));
    assertThat(rows.endpoint()).isEqualTo("main");
    assertThat(world.room.query(BOOKS, Query.of("SELECT title FROM book WHERE id = 7")).rows())
        .containsExactly(Arrays.asList((Object) null));
  }

  @Test
  void noMoreRowsComeThanWereWanted() {
    Rows rows = world.room.query(BOOKS, Query.of("SELECT id FROM book ORDER BY id").atMost(5));
    assertThat(rows.rows()).hasSize(5);
    assertThat(rows.more()).isTrue();
    assertThat(world.room.query(BOOKS, Query.of("SELECT id FROM book").atMost(20)).more())
        .isFalse();
  }

  @Test
  void aQueryChangesNothing() {
    assertThatThrownBy(() -> world.room.query(BOOKS, Query.of("DELETE FROM book")))
        .extracting("code")
        .isEqualTo("LADANG-DISCOVERY-011");
    assertThat(world.room.query(BOOKS, Query.of("SELECT id FROM book")).rows()).hasSize(20);
  }

  @Test
  void aWrongStatementIsTheCallersAndHarmsNoEndpoint() {
    for (int i = 0; i < 30; i++) {
      assertThatThrownBy(() -> world.room.query(BOOKS, Query.of("SELEKT")))
          .extracting("code")
          .isEqualTo("LADANG-DISCOVERY-011");
    }
    assertThat(world.room.info("books").alive()).isEqualTo(1);
    assertThat(world.room.query(BOOKS, Query.of("SELECT 1")).rows()).hasSize(1);
  }

  @Test
  void whatTakesTooLongIsCancelled() {
    for (int i = 0; i < 6; i++) {
      assertThatThrownBy(
              () -> world.room.query(BOOKS, Query.of(slow()).within(Duration.ofMillis(300))))
          .extracting("code")
          .isEqualTo("LADANG-DISCOVERY-008");
    }
    // There are four connections: had six statements gone on, nobody would get one.
    assertThat(world.room.query(BOOKS, Query.of("SELECT 1").within(Duration.ofSeconds(5))).rows())
        .hasSize(1);
  }

  @Test
  void oneThatCannotBeReachedIsNotTheCallersTrouble() {
    offer("away", "jdbc:" + url0().split(":")[1] + away());
    Awaitility.await().until(() -> state("away") == Health.DOWN);
    for (int i = 0; i < 10; i++) {
      assertThat(world.room.query(BOOKS, Query.of("SELECT 1")).endpoint()).isEqualTo("main");
    }
  }

  /** The rest of an address where nobody is. */
  abstract String away();

  private String url0() {
    try {
      return url();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  Health state(String id) {
    return world.room.info("books").endpoints().stream()
        .filter(endpoint -> endpoint.id().equals(id))
        .findFirst()
        .orElseThrow()
        .state();
  }
}
