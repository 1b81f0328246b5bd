package org.ladang.kernel.provider.proxy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;

/** Forwards the calls of a stable proxy to whatever its slot points at. */
public final class ProxyHandler implements InvocationHandler {
  private final Slot slot;

  private ProxyHandler(Slot slot) {
    this.slot = slot;
  }

  static Object proxy(Class<?> type, Slot slot) {
    return Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, new ProxyHandler(slot));
  }

  /** Whether that is one of our proxies, and nobody serves behind it or is about to. */
  public static boolean vacant(Object service) {
    return Proxy.isProxyClass(service.getClass())
        && Proxy.getInvocationHandler(service) instanceof ProxyHandler handler
        && handler.slot.vacant();
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, method, arguments);
    }
    Target target = slot.enter(Slot.PROXY_GRACE_NANOS);
    boolean later = false;
    try {
      Object result = method.invoke(target.service(), arguments);
      if (result instanceof CompletionStage<?> stage) {
        // The call lasts until its stage is done.
        later = true;
        stage.whenComplete((value, failure) -> target.leave());
      }
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      if (later) {
        slot.leaveLater(target);
      } else {
        slot.leave(target);
      }
    }
  }

  private Object ofObject(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "proxy of " + slot.identity();
    };
  }
}
