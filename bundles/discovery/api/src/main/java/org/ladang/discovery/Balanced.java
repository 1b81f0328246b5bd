package org.ladang.discovery;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.ladang.kernel.LadangException;

/**
 * Makes an object of an interface whose calls go to one of several endpoints each. Make it once and keep it: it holds
 * nothing but the kernel's proxy of {@link Discovery}, so it outlives every swap and need not be closed. Endpoints that
 * come and go are seen at the next call.
 */
public final class Balanced {
  private Balanced() {}

  /** All services of that interface which are offered as endpoints. */
  public static <T> T of(Discovery discovery, Class<T> type) {
    return of(discovery, type, Route.to(type.getName()));
  }

  /**
   * The endpoints of a route.
   *
   * @param type an interface of a bundle that is not swapped: plugins offer theirs in an API bundle
   * @throws LadangException {@code LADANG-DISCOVERY-004} when it is no interface
   */
  public static <T> T of(Discovery discovery, Class<T> type, Route route) {
    if (!type.isInterface()) {
      throw new LadangException(
              "LADANG-DISCOVERY-004",
              type.getName() + " is no interface: calls cannot be balanced.")
          .next("Put an interface before it, into an API bundle.");
    }
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            new ToOneOfSeveral(discovery, Demand.of(type, route)));
    return type.cast(proxy);
  }

  private record ToOneOfSeveral(Discovery discovery, Demand demand) implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      return method.getDeclaringClass() == Object.class
          ? ofObject(proxy, method, arguments)
          : discovery.invoke(demand, method, arguments);
    }

    private Object ofObject(Object proxy, Method method, Object[] arguments) {
      return switch (method.getName()) {
        case "equals" -> proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> "one of several " + demand.route().type();
      };
    }
  }
}
