package org.ladang.discovery.provider;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.h2.util.OsgiDataSourceFactory;
import org.junit.jupiter.api.Test;
import org.ladang.discovery.Instance;
import org.ladang.discovery.Offer;
import org.ladang.discovery.Query;
import org.ladang.discovery.Route;
import org.osgi.service.jdbc.DataSourceFactory;

/** Queries to H2, which runs within the test. */
class H2DatabasesTest extends DatabasesTest {
  @Override
  String url() {
    return "jdbc:h2:mem:books;DB_CLOSE_DELAY=-1";
  }

  @Override
  String driver() {
    return "org.h2.Driver";
  }

  @Override
  DataSourceFactory factory() {
    return new OsgiDataSourceFactory(org.h2.Driver.load());
  }

  @Override
  String slow() {
    return "SELECT COUNT(*) FROM SYSTEM_RANGE(1, 100000) a, SYSTEM_RANGE(1, 100000) b";
  }

  @Override
  String away() {
    return ":tcp://127.0.0.1:9/nowhere";
  }

  @Test
  void aDatabaseWithoutADriverIsSaid() {
    world.room.register(
        Offer.of(Instance.database("other", "o", "jdbc:postgresql://127.0.0.1:9/x")).with(QUICK));
    assertThatThrownBy(() -> world.room.query(Route.to("other"), Query.of("SELECT 1")))
        .extracting("code")
        .isEqualTo("LADANG-DISCOVERY-013");
  }
}
