package org.ladang.config.provider;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A ConfigurationAdmin in memory that counts updates. */
final class FakeAdmin {
  private static final class Stored {
    Dictionary<String, Object> properties;
    String location;
  }

  private final Map<String, Stored> stored = new TreeMap<>();
  int updates;
  boolean broken;

  ConfigurationAdmin service() {
    InvocationHandler handler =
        (proxy, method, args) ->
            switch (method.getName()) {
              case "getConfiguration" -> configuration((String) args[0], (String) args[1]);
              case "getFactoryConfiguration" ->
                  configuration(args[0] + "~" + args[1], (String) args[2]);
              case "listConfigurations" -> list((String) args[0]);
              default -> throw new AssertionError(method);
            };
    return proxy(ConfigurationAdmin.class, handler);
  }

  private Configuration[] list(String filter) {
    String pid = filter.substring("(service.pid=".length(), filter.length() - 1);
    return stored.containsKey(pid) ? new Configuration[] {configuration(pid, "?")} : null;
  }

  private Configuration configuration(String pid, String location) {
    Stored one = stored.computeIfAbsent(pid, p -> new Stored());
    if (one.location == null) {
      one.location = location;
    }
    return proxy(
        Configuration.class,
        (proxy, method, args) -> {
          switch (method.getName()) {
            case "getBundleLocation":
              return one.location;
            case "setBundleLocation":
              one.location = (String) args[0];
              return null;
            case "getProperties":
              return one.properties;
            case "update":
              if (broken) {
                throw new IOException("disk full");
              }
              one.properties = copy((Dictionary<?, ?>) args[0], pid);
              updates++;
              return null;
            case "delete":
              stored.remove(pid);
              return null;
            default:
              throw new AssertionError(method);
          }
        });
  }

  private static Dictionary<String, Object> copy(Dictionary<?, ?> given, String pid) {
    Dictionary<String, Object> copy = new Hashtable<>();
    given.keys().asIterator().forEachRemaining(k -> copy.put(k.toString(), given.get(k)));
    copy.put("service.pid", pid);
    return copy;
  }

  boolean has(String pid) {
    return stored.containsKey(pid) && stored.get(pid).properties != null;
  }

  Object value(String pid, String key) {
    return has(pid) ? stored.get(pid).properties.get(key) : null;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
