package org.ladang.bench.shard;

import java.util.Map;

/** Ten shards of one table {@code plants}: an indexed text {@code kind}, and the rest as one JSON document. Any thread. */
interface Contender extends AutoCloseable {
  /** How many shards every contender has. */
  int SHARDS = 10;

  /** As the figures call it. */
  String name();

  /** Makes a row that must not be there yet; returns when it survives a kill of the process. */
  void insert(String owner, String id, Map<String, Object> fields) throws Exception;

  /** Makes many rows, as fast as that goes. */
  void load(Iterable<Plant> plants) throws Exception;

  /** The fields of a row that is there, its document decoded. */
  Map<String, Object> get(String owner, String id) throws Exception;

  @Override
  void close() throws Exception;
}
