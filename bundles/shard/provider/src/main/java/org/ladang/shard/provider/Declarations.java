package org.ladang.shard.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.shard.Field;
import org.ladang.shard.Table;

/** Finds declared tables and fields, and merges declarations: additive, or refused with {@code LADANG-SHARD-007}. */
final class Declarations {
  private Declarations() {}

  static Table table(Map<String, Table> tables, String name) {
    Table declared = tables.get(name);
    if (declared == null) {
      throw Refusals.noTable(name, tables.keySet());
    }
    return declared;
  }

  static Field field(Table table, String name) {
    return table
        .field(name)
        .orElseThrow(
            () ->
                Refusals.noField(
                    table.name(), name, table.fields().stream().map(Field::name).toList()));
  }

  /** The present declaration with what is new in the other one. */
  static Table merge(Table present, Table declared) {
    List<Field> fields = new ArrayList<>();
    for (Field known : present.fields()) {
      fields.add(declared.field(known.name()).map(f -> merge(present, known, f)).orElse(known));
    }
    for (Field field : declared.fields()) {
      Optional<Field> known = present.field(field.name());
      if (known.isEmpty()) {
        fields.add(field);
      }
    }
    return new Table(present.name(), fields, present.lookup() || declared.lookup());
  }

  /** Whether the later declaration makes something stand in one row only that did not before. */
  static boolean stricter(Table present, Table wanted) {
    return wanted.lookup() && !present.lookup()
        || wanted.fields().stream()
            .anyMatch(f -> f.unique() && present.field(f.name()).filter(Field::unique).isEmpty());
  }

  private static Field merge(Table table, Field known, Field declared) {
    if (known.type() != declared.type()) {
      throw Refusals.badDeclaration(
          "The field \""
              + known.name()
              + "\" of the table \""
              + table.name()
              + "\" is "
              + known.type()
              + " and cannot become "
              + declared.type()
              + ".");
    }
    return new Field(
        known.name(),
        known.type(),
        known.indexed() || declared.indexed(),
        known.unique() || declared.unique());
  }
}
