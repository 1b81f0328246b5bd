package org.ladang.shard.provider;

import java.util.Collections;
import java.util.List;

/**
 * What a row holds, as it is stored.
 *
 * @param columns one value for each declared field, in their order; null where there is none
 * @param document the rest as JSON; empty where there is none
 */
record Content(List<Object> columns, String document) {

  Content {
    columns = Collections.unmodifiableList(columns);
  }
}
