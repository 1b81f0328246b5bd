package org.ladang.kernel.provider.shape;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Compiles types to {@link Shape}s; the same types that the annotation processor allows. Compiling takes long (it links
 * method handles), using a shape does not: compile once per bundle and keep it no longer than the bundle.
 */
public final class Shapes {
  /** What the type parameters of the record that is being compiled stand for. */
  private final Map<String, Shape> variables;

  private final Set<Class<?>> open;

  private Shapes(Map<String, Shape> variables, Set<Class<?>> open) {
    this.variables = variables;
    this.open = open;
  }

  /**
   * The shape of an argument or value.
   *
   * @throws IllegalArgumentException when the type cannot cross the gate
   */
  public static Shape of(Type type) {
    return new Shapes(Map.of(), Set.of()).compile(type);
  }

  /** The shape of a result: that of the value itself where the method returns a stage of it. */
  public static Shape ofResult(Type type) {
    if (type == void.class || type == Void.class) {
      return Nothing.SHAPE;
    }
    return isStage(type)
        ? ofResult(((ParameterizedType) type).getActualTypeArguments()[0])
        : of(type);
  }

  /** Whether a method that returns this type answers later. */
  public static boolean isStage(Type type) {
    return type instanceof ParameterizedType p
        && (p.getRawType() == CompletionStage.class || p.getRawType() == CompletableFuture.class);
  }

  private Shape compile(Type type) {
    if (type instanceof Class<?> plain) {
      Shape scalar = Scalars.of(plain);
      if (scalar != null) {
        return scalar;
      }
      if (plain.isRecord()) {
        return record(plain, Map.of());
      }
    } else if (type instanceof WildcardType wildcard) {
      return compile(wildcard.getUpperBounds()[0]);
    } else if (type instanceof TypeVariable<?> variable
        && variables.containsKey(variable.getName())) {
      return variables.get(variable.getName());
    } else if (type instanceof ParameterizedType generic) {
      return generic(generic, (Class<?>) generic.getRawType(), generic.getActualTypeArguments());
    }
    throw new IllegalArgumentException(
        "The type " + type.getTypeName() + " cannot cross the gate.");
  }

  private Shape generic(ParameterizedType type, Class<?> raw, Type[] arguments) {
    if (raw == List.class) {
      return new Containers.Lists(compile(arguments[0]));
    }
    if (raw == Set.class) {
      return new Containers.Sets(compile(arguments[0]));
    }
    if (raw == Map.class && arguments[0] == String.class) {
      return new Containers.Maps(compile(arguments[1]));
    }
    if (raw == Optional.class) {
      return new Containers.Optionals(compile(arguments[0]));
    }
    if (raw.isRecord()) {
      Map<String, Shape> bound = new HashMap<>();
      for (int i = 0; i < arguments.length; i++) {
        bound.put(raw.getTypeParameters()[i].getName(), compile(arguments[i]));
      }
      return record(raw, bound);
    }
    throw new IllegalArgumentException(
        "The type " + type.getTypeName() + " cannot cross the gate.");
  }

  private Shape record(Class<?> type, Map<String, Shape> bound) {
    if (open.contains(type)) {
      throw new IllegalArgumentException("Record " + type.getName() + " contains itself.");
    }
    Set<Class<?>> inside = new HashSet<>(open);
    inside.add(type);
    Shapes shapes = new Shapes(bound, inside);
    List<Shape> components = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.add(shapes.compile(component.getGenericType()));
    }
    return new RecordShape(type, components);
  }

  /** What a method returns that returns nothing. */
  private enum Nothing implements Shape {
    SHAPE;

    @Override
    public Object fromJson(Object json) {
      return null;
    }

    @Override
    public Object toJson(Object value) {
      return null;
    }

    @Override
    public String expected() {
      return "nothing";
    }
  }
}
