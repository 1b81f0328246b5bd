package org.ladang.bench.shard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The n-th row of the benchmark.
 *
 * @param n from 0
 */
record Plant(int n) {
  /** As many as there are bots in the sample. */
  static final int OWNERS = 6_993;

  String owner() {
    return "owner-" + n % OWNERS;
  }

  String id() {
    return "plant-" + n;
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", "kind-" + n % 7);
    fields.put("bed", n % 100);
    fields.put("name", "Plant number " + n);
    fields.put("height", n * 37 % 1_000);
    fields.put("tags", List.of("green", "young", "row-" + n % 50));
    fields.put("note", "Watered in the morning, in the shade after noon; number " + n + ".");
    return fields;
  }
}
