package org.ladang.kernel.provider.json;

import java.util.List;
import java.util.Map;

/** A JSON object that is read strictly: what is missing or of another kind is {@link Damage}. */
public final class JsonObject {
  private final Map<?, ?> values;

  private JsonObject(Map<?, ?> values) {
    this.values = values;
  }

  /** A parsed object. */
  public static JsonObject of(Object json) {
    if (json instanceof Map<?, ?> map) {
      return new JsonObject(map);
    }
    throw new Damage("an object is missing");
  }

  /** A string. */
  public String text(String key) {
    return get(key, String.class);
  }

  /** A string, or something else where there is none. */
  public String text(String key, String otherwise) {
    return values.containsKey(key) ? text(key) : otherwise;
  }

  /** A boolean. */
  public boolean flag(String key) {
    return get(key, Boolean.class);
  }

  /** A whole number above zero. */
  public long positive(String key) {
    Number value = get(key, Number.class);
    long number = value.longValue();
    if (number <= 0 || number != value.doubleValue()) {
      throw new Damage("`" + key + "` is no whole number above zero");
    }
    return number;
  }

  /** The name of an enum's constant. */
  public <E extends Enum<E>> E constant(String key, Class<E> type) {
    String name = text(key);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw new Damage("`" + name + "` is no " + key);
  }

  /** A list of strings. */
  public List<String> texts(String key) {
    List<?> list = get(key, List.class);
    return list.stream().map(element -> cast(key, element, String.class)).toList();
  }

  /** A list of objects. */
  public List<JsonObject> objects(String key) {
    List<?> list = get(key, List.class);
    return list.stream().map(JsonObject::of).toList();
  }

  /** A part that is kept as it is; nobody can change it. */
  public Map<String, Object> map(String key) {
    return Json.frozenMap(get(key, Map.class));
  }

  private <T> T get(String key, Class<T> type) {
    return cast(key, values.get(key), type);
  }

  private static <T> T cast(String key, Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw new Damage("`" + key + "` is missing or wrong");
    }
    return type.cast(value);
  }

  /** What is wrong with a JSON document, as the rest of a sentence. */
  public static final class Damage extends RuntimeException {
    /** The rest of a sentence that begins with the document. */
    public Damage(String reason) {
      super(reason);
    }
  }
}
