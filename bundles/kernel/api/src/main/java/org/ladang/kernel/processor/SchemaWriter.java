package org.ladang.kernel.processor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;

/** The JSON schema of a Java type, and a refusal of types that have none. */
final class SchemaWriter {
  private static final String ALLOWED =
      "primitives and their boxes, String, enums, records, Optional, List, Set, Map<String, ?>,"
          + " Instant, Duration, BigDecimal and Object";

  /** A generic record may contain an ever growing form of itself; nothing sane nests so deep. */
  private static final int DEEPEST = 16;

  private static final Map<String, Map<String, Object>> SIMPLE = simple();

  private final Types types;
  private final Deque<String> open = new ArrayDeque<>();

  SchemaWriter(Types types) {
    this.types = types;
  }

  /** Whether an argument or component of this type may be left out. */
  boolean optional(TypeMirror type) {
    return isOneOf(type, "java.util.Optional");
  }

  /** The schema of an argument or a record's component, which may be optional. */
  Map<String, Object> property(TypeMirror type, Element at, String where) {
    return schema(optional(type) ? argument(type, 0, at, where) : type, at, where);
  }

  /** The schema of a result: also nothing, an optional value, or a stage of those. */
  Map<String, Object> result(TypeMirror type, Element at, String where) {
    if (isOneOf(
        type, "java.util.concurrent.CompletionStage", "java.util.concurrent.CompletableFuture")) {
      return value(argument(type, 0, at, where), at, where);
    }
    return value(type, at, where);
  }

  private Map<String, Object> value(TypeMirror type, Element at, String where) {
    if (type.getKind() == TypeKind.VOID || isOneOf(type, "java.lang.Void")) {
      return Map.of("type", "null");
    }
    if (optional(type)) {
      Map<String, Object> present = schema(argument(type, 0, at, where), at, where);
      return Map.of("anyOf", List.of(present, Map.of("type", "null")));
    }
    return schema(type, at, where);
  }

  private Map<String, Object> schema(TypeMirror type, Element at, String where) {
    if (type.getKind().isPrimitive()) {
      return SIMPLE.get(types.boxedClass(types.getPrimitiveType(type.getKind())).toString());
    }
    if (type instanceof WildcardType wildcard && wildcard.getSuperBound() == null) {
      TypeMirror bound = wildcard.getExtendsBound();
      return bound == null ? Map.of() : schema(bound, at, where);
    }
    if (type.getKind() == TypeKind.ERROR) {
      return Map.of(); // The compiler itself will say that there is no such type.
    }
    if (!(type instanceof DeclaredType declared)) {
      throw notAllowed(type, at, where);
    }
    TypeElement element = (TypeElement) declared.asElement();
    String name = element.getQualifiedName().toString();
    if (SIMPLE.containsKey(name)) {
      return SIMPLE.get(name);
    }
    if (element.getKind() == ElementKind.ENUM) {
      return ordered("type", "string", "enum", constants(element));
    }
    if (element.getKind() == ElementKind.RECORD) {
      return record(declared, element, at, where);
    }
    return switch (name) {
      case "java.util.List" ->
          ordered("type", "array", "items", schema(argument(type, 0, at, where), at, where));
      case "java.util.Set" -> {
        Map<String, Object> items = schema(argument(type, 0, at, where), at, where);
        Map<String, Object> set = ordered("type", "array", "items", items);
        set.put("uniqueItems", true);
        yield set;
      }
      case "java.util.Map" -> {
        if (!isOneOf(argument(type, 0, at, where), "java.lang.String")) {
          throw notAllowed(type, at, where);
        }
        Map<String, Object> values = schema(argument(type, 1, at, where), at, where);
        yield ordered("type", "object", "additionalProperties", values);
      }
      default -> throw notAllowed(type, at, where);
    };
  }

  private Map<String, Object> record(
      DeclaredType declared, TypeElement element, Element at, String where) {
    String name = declared.toString();
    if (open.contains(name) || open.size() == DEEPEST) {
      throw new Refusal(
          at,
          "The type of "
              + where
              + " contains itself through record "
              + element.getSimpleName()
              + ", which a JSON schema of an action cannot say: use a list or a map of ids.");
    }
    open.push(name);
    try {
      ActionReader.Properties properties = new ActionReader.Properties();
      for (RecordComponentElement component : element.getRecordComponents()) {
        String property = component.getSimpleName().toString();
        TypeMirror type =
            ((ExecutableType) types.asMemberOf(declared, component.getAccessor())).getReturnType();
        String inside = "`" + element.getSimpleName() + "." + property + "` in " + where;
        properties.add(
            property,
            optional(type),
            description(element, component, inside),
            property(type, at, inside));
      }
      return properties.schema();
    } finally {
      open.pop();
    }
  }

  /** From the component, or from the field of a record that was compiled before. */
  private static String description(
      TypeElement owner, RecordComponentElement component, String where) {
    String text = ActionReader.description(component, where);
    if (!text.isEmpty()) {
      return text;
    }
    for (VariableElement field : ElementFilter.fieldsIn(owner.getEnclosedElements())) {
      if (field.getSimpleName().equals(component.getSimpleName())) {
        return ActionReader.description(field, where);
      }
    }
    return "";
  }

  private static List<String> constants(TypeElement element) {
    return element.getEnclosedElements().stream()
        .filter(e -> e.getKind() == ElementKind.ENUM_CONSTANT)
        .map(e -> e.getSimpleName().toString())
        .toList();
  }

  private TypeMirror argument(TypeMirror type, int index, Element at, String where) {
    List<? extends TypeMirror> arguments = ((DeclaredType) type).getTypeArguments();
    if (arguments.size() <= index) {
      throw new Refusal(
          at, "The type of " + where + " must say of what it is: `" + type + "<...>`.");
    }
    return arguments.get(index);
  }

  private boolean isOneOf(TypeMirror type, String... names) {
    return types.asElement(type) instanceof TypeElement element
        && List.of(names).contains(element.getQualifiedName().toString());
  }

  private static Refusal notAllowed(TypeMirror type, Element at, String where) {
    return new Refusal(
        at,
        "The type "
            + type
            + " of "
            + where
            + " cannot cross the gate; allowed are "
            + ALLOWED
            + ".");
  }

  private static Map<String, Object> ordered(String k1, Object v1, String k2, Object v2) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(k1, v1);
    map.put(k2, v2);
    return map;
  }

  private static Map<String, Map<String, Object>> simple() {
    return Map.ofEntries(
        Map.entry("java.lang.Object", Map.of()),
        Map.entry("java.lang.String", Map.of("type", "string")),
        Map.entry("java.lang.Boolean", Map.of("type", "boolean")),
        Map.entry("java.lang.Byte", range(Byte.MIN_VALUE, Byte.MAX_VALUE)),
        Map.entry("java.lang.Short", range(Short.MIN_VALUE, Short.MAX_VALUE)),
        Map.entry("java.lang.Integer", ordered("type", "integer", "format", "int32")),
        Map.entry("java.lang.Long", ordered("type", "integer", "format", "int64")),
        Map.entry("java.lang.Float", ordered("type", "number", "format", "float")),
        Map.entry("java.lang.Double", ordered("type", "number", "format", "double")),
        Map.entry("java.math.BigDecimal", Map.of("type", "number")),
        Map.entry("java.lang.Character", character()),
        Map.entry("java.time.Instant", ordered("type", "string", "format", "date-time")),
        Map.entry("java.time.Duration", ordered("type", "string", "format", "duration")));
  }

  private static Map<String, Object> range(int least, int most) {
    Map<String, Object> map = ordered("type", "integer", "minimum", least);
    map.put("maximum", most);
    return map;
  }

  private static Map<String, Object> character() {
    Map<String, Object> map = ordered("type", "string", "minLength", 1);
    map.put("maxLength", 1);
    return map;
  }
}
