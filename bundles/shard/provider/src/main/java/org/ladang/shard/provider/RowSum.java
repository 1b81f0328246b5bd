package org.ladang.shard.provider;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.ladang.shard.Field;
import org.ladang.shard.Table;

/**
 * The check sum that is stored with a row. Of two copies that differ it tells which one is not as it was written; H2 checks
 * its pages when it reads their heads only. Of values, not of bytes: a number that H2 gives back with another scale is the
 * same, and so is a row whose table has got more fields, in whatever order.
 */
final class RowSum {
  private RowSum() {}

  static int of(RowState row, Content content) {
    return of(row.table(), row.owner(), row.id(), row.version(), content);
  }

  static int of(Table table, String owner, String id, long version, Content content) {
    long sum = mixed(version);
    sum = mixed(sum + text(owner));
    sum = mixed(sum + text(id));
    sum = mixed(sum + text(content.document()));
    long fields = 0;
    for (int i = 0; i < table.fields().size(); i++) {
      Object value = content.columns().get(i);
      if (value != null) {
        fields += field(table.fields().get(i), value);
      }
    }
    sum = mixed(sum + fields);
    return (int) (sum ^ sum >>> 32);
  }

  private static long field(Field field, Object value) {
    return mixed(field.name().hashCode() * 31L + value(value));
  }

  private static long value(Object value) {
    if (value instanceof String text) {
      return text(text);
    }
    if (value instanceof Double number) {
      // A database need not know minus zero.
      return mixed(Double.doubleToLongBits(number + 0.0));
    }
    if (value instanceof BigDecimal decimal) {
      BigDecimal plain = decimal.stripTrailingZeros();
      return Xxh64.hash(
          plain.unscaledValue().toByteArray(), plain.signum() == 0 ? 0 : plain.scale());
    }
    if (value instanceof Instant moment) {
      return mixed(mixed(moment.getEpochSecond()) + moment.getNano());
    }
    return value instanceof Long number ? mixed(number) : value.hashCode();
  }

  private static long text(String text) {
    return Xxh64.hash(text.getBytes(StandardCharsets.UTF_8), 0);
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every bit of the one moves every bit of the other. */
  private static long mixed(long bits) {
    long z = bits + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
