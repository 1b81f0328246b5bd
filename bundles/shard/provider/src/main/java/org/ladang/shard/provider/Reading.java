package org.ladang.shard.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ladang.kernel.action.Arg;
import org.ladang.shard.ShardInfo;

/** A shard at one moment, as the monitor keeps it. */
public record Reading(
    @Arg("When.") Instant at,
    @Arg("The shard.") String shard,
    @Arg("How it does.") ShardInfo.State state,
    @Arg("Rows in all tables; -1 when they are not known.") long rows,
    @Arg("Bytes of its files; -1 when there is none.") long bytes,
    @Arg("How much of its capacity that is, in percent.") double percent,
    @Arg("The median of reads since the start.") Duration readP50,
    @Arg("The 99th percentile of reads.") Duration readP99,
    @Arg("The median of writes since the start.") Duration writeP50,
    @Arg("The 99th percentile of writes.") Duration writeP99,
    @Arg("Operations that failed for other reasons than their arguments.") long errors,
    @Arg("Operations that were in the databases of all shards.") int busy,
    @Arg("How far its replica may be behind.") Duration lag,
    @Arg("Writes that its replica has yet to get.") long waiting) {

  String encode() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("state", state.name());
    values.put("rows", rows);
    values.put("bytes", bytes);
    values.put("percent", percent);
    values.put("readP50", readP50.toNanos());
    values.put("readP99", readP99.toNanos());
    values.put("writeP50", writeP50.toNanos());
    values.put("writeP99", writeP99.toNanos());
    values.put("errors", errors);
    values.put("busy", busy);
    values.put("lag", lag.toNanos());
    values.put("waiting", waiting);
    return Documents.write(values);
  }

  static Reading decode(long at, String shard, String text) {
    Map<String, Object> values = Documents.read(text);
    return new Reading(
        Instant.ofEpochMilli(at),
        shard,
        ShardInfo.State.valueOf(String.valueOf(values.get("state"))),
        number(values, "rows").longValue(),
        number(values, "bytes").longValue(),
        number(values, "percent").doubleValue(),
        nanos(values, "readP50"),
        nanos(values, "readP99"),
        nanos(values, "writeP50"),
        nanos(values, "writeP99"),
        number(values, "errors").longValue(),
        number(values, "busy").intValue(),
        nanos(values, "lag"),
        number(values, "waiting").longValue());
  }

  private static Number number(Map<String, Object> values, String key) {
    return values.get(key) instanceof Number n ? n : 0;
  }

  private static Duration nanos(Map<String, Object> values, String key) {
    return Duration.ofNanos(number(values, key).longValue());
  }
}
