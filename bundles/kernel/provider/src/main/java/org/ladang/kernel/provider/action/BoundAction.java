package org.ladang.kernel.provider.action;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.provider.shape.Fields;
import org.ladang.kernel.provider.shape.Mismatch;
import org.ladang.kernel.provider.shape.Shape;
import org.ladang.kernel.provider.shape.Shapes;

/**
 * An action of a live component, ready to be called. Everything that can be looked up is looked up once; a call
 * converts its arguments, goes through a method handle and converts the result. Holds the component: let it go with
 * the bundle.
 */
public final class BoundAction {
  private final String id;
  private final Object instance;
  private final Method method;
  private volatile MethodHandle handle;
  private final int arity;
  private final Fields arguments;
  private final int[] positions;
  private final int[] contexts;
  private final Shape result;
  private final boolean stage;

  private BoundAction(String id, Object instance, Method method, List<String> names) {
    Type[] types = method.getGenericParameterTypes();
    List<Shape> shapes = new ArrayList<>();
    List<Integer> arguments = new ArrayList<>();
    List<Integer> contexts = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      if (types[i] == CallContext.class) {
        contexts.add(i);
      } else {
        arguments.add(i);
        shapes.add(Shapes.of(types[i]));
      }
    }
    this.id = id;
    this.arity = types.length;
    this.arguments = new Fields(names, shapes);
    this.positions = arguments.stream().mapToInt(Integer::intValue).toArray();
    this.contexts = contexts.stream().mapToInt(Integer::intValue).toArray();
    this.result = Shapes.ofResult(method.getGenericReturnType());
    this.stage = Shapes.isStage(method.getGenericReturnType());
    method.setAccessible(true); // Components are seldom public classes.
    this.instance = instance;
    this.method = method;
  }

  /**
   * Binds an action to the component that offers it.
   *
   * @throws LadangException {@code LADANG-ACTION-001} when the component has no such method or the method's types
   *     cannot cross the gate: list and class are not of one build
   */
  public static BoundAction of(Object instance, ActionEntry entry) {
    ActionBinding binding = entry.binding();
    Method method =
        Arrays.stream(instance.getClass().getMethods())
            .filter(candidate -> candidate.getName().equals(binding.method()))
            .filter(candidate -> !candidate.isBridge())
            .filter(candidate -> names(candidate).equals(binding.parameterTypes()))
            .findFirst()
            .orElseThrow(() -> mismatch(entry, "has no such method", null));
    try {
      return new BoundAction(entry.info().id(), instance, method, binding.parameters());
    } catch (IllegalArgumentException e) {
      throw mismatch(entry, "cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * Calls the action on this thread.
   *
   * @return the JSON-shaped result, or a {@link CompletionStage} of it
   * @throws LadangException {@code LADANG-GATE-002} when an argument is missing, unknown or wrong; {@code
   *     LADANG-GATE-006} when the result has no JSON shape
   * @throws Throwable what the action itself throws, as it is
   */
  public Object invoke(CallContext context, Map<String, Object> args) throws Throwable {
    Object[] values = new Object[arity];
    try {
      arguments.read(args, values, positions);
    } catch (Mismatch mismatch) {
      throw mismatch.of(id);
    }
    for (int position : contexts) {
      values[position] = context;
    }
    Object answer = (Object) handle().invokeExact(values);
    if (!stage) {
      return convert(answer);
    }
    if (answer == null) {
      throw new LadangException("LADANG-GATE-006", "Action " + id + " answered with no stage.");
    }
    return ((CompletionStage<?>) answer).thenApply(this::convert);
  }

  /** Linked at the first call: most actions are not called between one start and the next. */
  private MethodHandle handle() throws IllegalAccessException {
    MethodHandle known = handle;
    if (known == null) {
      known =
          MethodHandles.lookup()
              .unreflect(method)
              .bindTo(instance)
              .asSpreader(Object[].class, arity)
              .asType(MethodType.methodType(Object.class, Object[].class));
      handle = known;
    }
    return known;
  }

  /** Whether {@link #invoke} answers with a stage. */
  public boolean answersLater() {
    return stage;
  }

  private Object convert(Object answer) {
    try {
      return result.toJson(answer);
    } catch (RuntimeException e) {
      throw new LadangException(
              "LADANG-GATE-006",
              "Action " + id + " answered with what cannot be passed on: " + e.getMessage(),
              e)
          .next("Tell the plugin's author; the action itself has run.");
    }
  }

  private static List<String> names(Method method) {
    return Arrays.stream(method.getParameterTypes()).map(Class::getName).toList();
  }

  private static LadangException mismatch(ActionEntry entry, String why, Exception cause) {
    return new LadangException(
            "LADANG-ACTION-001",
            "Action " + entry.info().id() + " is to be " + entry.binding() + ", which " + why + ".",
            cause)
        .next("Build " + entry.info().provider() + " again, from clean.");
  }
}
