package org.ladang.shard.provider;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.ladang.shard.Field;
import org.ladang.shard.Table;

/** What may be a name; refused with {@code LADANG-SHARD-006}. */
final class Names {
  static final int MAX_KEY = 255;
  private static final int MAX_FIELDS = 100;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,49}");

  private Names() {}

  static void check(Table table) {
    if (!NAME.matcher(table.name()).matches()) {
      throw Refusals.badName(
          "The table's name \"" + table.name() + "\"",
          "a lower-case letter, then up to 49 of a-z, 0-9 and _");
    }
    if (table.name().startsWith(Lookup.PREFIX)) {
      throw Refusals.badName(
          "The table's name \"" + table.name() + "\"", "any name that does not begin with ladang_");
    }
    if (table.fields().size() > MAX_FIELDS) {
      throw Refusals.badDeclaration(
          "The table \"" + table.name() + "\" declares more than " + MAX_FIELDS + " fields.");
    }
    Set<String> seen = new HashSet<>();
    for (Field field : table.fields()) {
      check(table, field, seen);
    }
  }

  private static void check(Table table, Field field, Set<String> seen) {
    if (!NAME.matcher(field.name()).matches()) {
      throw Refusals.badName(
          "The field's name \"" + field.name() + "\"",
          "a lower-case letter, then up to 49 of a-z, 0-9 and _");
    }
    if (!seen.add(field.name())) {
      throw Refusals.badDeclaration(
          "The table \"" + table.name() + "\" declares \"" + field.name() + "\" twice.");
    }
  }

  static void checkKey(String what, String key) {
    boolean good = !key.isEmpty() && key.length() <= MAX_KEY;
    for (int i = 0; good && i < key.length(); i++) {
      good = !Character.isISOControl(key.charAt(i));
    }
    if (!good) {
      throw Refusals.badName(
          "The " + what + " " + Refusals.shown(key),
          "1 to " + MAX_KEY + " characters, none of them a control character");
    }
  }
}
