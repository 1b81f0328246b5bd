package org.ladang.kernel.provider.shape;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ladang.kernel.LadangException;

/**
 * A record as a JSON object; made and read through method handles. They are linked at their first use: most records
 * that actions name are never made or read, and linking them all cost every start a quarter of a second.
 */
final class RecordShape implements Shape {
  private final String expected;
  private final String[] names;
  private final Shape[] shapes;
  private final Fields fields;
  private final int[] positions;
  private final Constructor<?> canonical;
  private final RecordComponent[] components;
  private volatile MethodHandle constructor;
  private volatile MethodHandle[] accessors;

  RecordShape(Class<?> type, List<Shape> shapes) {
    this.components = type.getRecordComponents();
    this.expected = "an object with " + describe(components);
    this.names = Arrays.stream(components).map(RecordComponent::getName).toArray(String[]::new);
    this.shapes = shapes.toArray(Shape[]::new);
    this.fields = new Fields(List.of(names), shapes);
    this.positions = IntStream.range(0, names.length).toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      this.canonical = type.getDeclaredConstructor(types);
      canonical.setAccessible(true); // Records of a plugin need not be public.
      for (RecordComponent component : components) {
        component.getAccessor().setAccessible(true);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalArgumentException("Record " + type.getName() + " cannot be used: " + e, e);
    }
  }

  private MethodHandle constructor() {
    MethodHandle known = constructor;
    if (known == null) {
      try {
        known =
            MethodHandles.lookup()
                .unreflectConstructor(canonical)
                .asSpreader(Object[].class, names.length)
                .asType(MethodType.methodType(Object.class, Object[].class));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e); // It was made accessible.
      }
      constructor = known;
    }
    return known;
  }

  private MethodHandle[] accessors() {
    MethodHandle[] known = accessors;
    if (known == null) {
      known = new MethodHandle[components.length];
      try {
        for (int i = 0; i < known.length; i++) {
          known[i] =
              MethodHandles.lookup()
                  .unreflect(components[i].getAccessor())
                  .asType(MethodType.methodType(Object.class, Object.class));
        }
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e); // They were made accessible.
      }
      accessors = known;
    }
    return known;
  }

  private static String describe(RecordComponent[] components) {
    return components.length == 0
        ? "nothing in it"
        : String.join(", ", Arrays.stream(components).map(c -> "`" + c.getName() + "`").toList());
  }

  @Override
  public Object fromJson(Object json) {
    if (!(json instanceof Map<?, ?> map)) {
      throw Mismatch.wrong(expected, json);
    }
    Object[] values = new Object[names.length];
    fields.read(map, values, positions);
    try {
      return (Object) constructor().invokeExact(values);
    } catch (LadangException | Error e) {
      throw e;
    } catch (Throwable e) {
      // The record's own rules: what they say is the reason.
      String reason = e.getMessage();
      throw Mismatch.refused(expected, reason == null ? e.getClass().getSimpleName() : reason);
    }
  }

  @Override
  public Object toJson(Object value) {
    if (value == null) {
      return null;
    }
    MethodHandle[] accessors = accessors();
    Map<String, Object> json = new LinkedHashMap<>(names.length * 4 / 3 + 1);
    for (int i = 0; i < names.length; i++) {
      Object part = shapes[i].toJson(get(accessors[i], value));
      if (part != null || !shapes[i].mayBeAbsent()) {
        json.put(names[i], part);
      }
    }
    return json;
  }

  private static Object get(MethodHandle accessor, Object value) {
    try {
      return (Object) accessor.invokeExact(value);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // An accessor declares no checked exception.
    }
  }

  @Override
  public String expected() {
    return expected;
  }
}
