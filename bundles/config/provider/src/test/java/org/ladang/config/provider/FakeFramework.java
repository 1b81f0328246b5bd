package org.ladang.config.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Bundles that declare, without a framework. */
final class FakeFramework {
  /** One declared attribute. */
  record Attribute(
      String id, int type, int cardinality, String byDefault, List<String> options, String bounds) {
    static Attribute of(String id, int type, String byDefault) {
      return new Attribute(id, type, 0, byDefault, List.of(), "");
    }

    Attribute options(String... allowed) {
      return new Attribute(id, type, cardinality, byDefault, List.of(allowed), bounds);
    }

    Attribute bounds(String min, String max) {
      String xml = " min=\"" + min + "\" max=\"" + max + "\"";
      return new Attribute(id, type, cardinality, byDefault, options, xml);
    }

    Attribute many() {
      return new Attribute(id, type, Integer.MAX_VALUE, byDefault, options, bounds);
    }
  }

  private record Declaring(
      Bundle bundle, Map<String, List<Attribute>> pids, Map<String, List<Attribute>> factories) {}

  private final Path folder;
  private final Map<Long, Declaring> bundles = new LinkedHashMap<>();
  private final List<SynchronousBundleListener> listeners = new ArrayList<>();
  private long lastId;

  FakeFramework(Path folder) {
    this.folder = folder;
  }

  long room(String room, String version, Map<String, List<Attribute>> pids) {
    return add("org.ladang." + room + ".provider", room, version, pids, Map.of());
  }

  long factory(String room, Map<String, List<Attribute>> factories) {
    return add("org.ladang." + room + ".provider", room, "0.1.0", Map.of(), factories);
  }

  long plain(String name, Map<String, List<Attribute>> pids) {
    return add(name, "", "1.0.0", pids, Map.of());
  }

  void remove(long id) {
    Bundle bundle = bundles.remove(id).bundle();
    tell(BundleEvent.UNINSTALLED, bundle);
  }

  private long add(
      String name,
      String room,
      String version,
      Map<String, List<Attribute>> pids,
      Map<String, List<Attribute>> factories) {
    long id = ++lastId;
    URL document = document(id, pids, factories);
    Bundle bundle =
        proxy(
            Bundle.class,
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "getBundleId" -> id;
                  case "getSymbolicName" -> name;
                  case "getVersion" -> new Version(version);
                  case "getState" -> Bundle.RESOLVED;
                  case "findEntries" -> Collections.enumeration(List.of(document));
                  case "getRegisteredServices" -> null;
                  case "adapt" -> room.isEmpty() ? null : revision(room);
                  case "hashCode" -> (int) id;
                  case "equals" -> proxy == args[0];
                  default -> throw new AssertionError(method);
                });
    bundles.put(id, new Declaring(bundle, pids, factories));
    tell(BundleEvent.RESOLVED, bundle);
    return id;
  }

  private void tell(int type, Bundle bundle) {
    List.copyOf(listeners).forEach(l -> l.bundleChanged(new BundleEvent(type, bundle)));
  }

  private URL document(
      long id, Map<String, List<Attribute>> pids, Map<String, List<Attribute>> factories) {
    StringBuilder xml = new StringBuilder("<MetaData>");
    Map<String, List<Attribute>> all = new LinkedHashMap<>(pids);
    all.putAll(factories);
    all.forEach(
        (pid, attributes) -> {
          xml.append("<OCD id=\"").append(pid).append("\">");
          attributes.forEach(a -> xml.append("<AD id=\"" + a.id() + "\"" + a.bounds() + "/>"));
          xml.append("</OCD>");
        });
    try {
      Path file = folder.resolve("metatype-" + id + ".xml");
      return Files.writeString(file, xml.append("</MetaData>")).toUri().toURL();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BundleRevision revision(String room) {
    BundleCapability capability =
        proxy(BundleCapability.class, (proxy, method, args) -> Map.of("ladang.subsystem", room));
    return proxy(
        BundleRevision.class,
        (proxy, method, args) ->
            args[0].equals("ladang.subsystem") ? List.of(capability) : List.of());
  }

  BundleContext context() {
    return proxy(
        BundleContext.class,
        (proxy, method, args) ->
            switch (method.getName()) {
              case "addBundleListener" ->
                  listeners.add((SynchronousBundleListener) args[0]) ? null : null;
              case "removeBundleListener" -> listeners.remove(args[0]) ? null : null;
              case "getBundles" ->
                  bundles.values().stream().map(Declaring::bundle).toArray(Bundle[]::new);
              default -> throw new AssertionError(method);
            });
  }

  boolean watched() {
    return !listeners.isEmpty();
  }

  MetaTypeService metatype() {
    return bundle -> information(bundles.get(bundle.getBundleId()));
  }

  private static MetaTypeInformation information(Declaring declaring) {
    return proxy(
        MetaTypeInformation.class,
        (proxy, method, args) ->
            switch (method.getName()) {
              case "getPids" -> declaring.pids().keySet().toArray(String[]::new);
              case "getFactoryPids" -> declaring.factories().keySet().toArray(String[]::new);
              case "getObjectClassDefinition" -> ocd(declaring, (String) args[0]);
              default -> throw new AssertionError(method);
            });
  }

  private static ObjectClassDefinition ocd(Declaring declaring, String pid) {
    List<Attribute> attributes =
        Optional.ofNullable(declaring.pids().get(pid))
            .orElseGet(() -> declaring.factories().get(pid));
    return proxy(
        ObjectClassDefinition.class,
        (proxy, method, args) ->
            switch (method.getName()) {
              case "getID" -> pid;
              case "getName" -> "Title of " + pid;
              case "getDescription" -> "";
              case "getAttributeDefinitions" ->
                  attributes.stream()
                      .filter(
                          a -> args[0].equals(ObjectClassDefinition.ALL) || a.byDefault() == null)
                      .map(FakeFramework::definition)
                      .toArray(AttributeDefinition[]::new);
              default -> throw new AssertionError(method);
            });
  }

  private static AttributeDefinition definition(Attribute a) {
    return proxy(
        AttributeDefinition.class,
        (proxy, method, args) ->
            switch (method.getName()) {
              case "getID", "getName" -> a.id();
              case "getDescription" -> "What " + a.id() + " means.";
              case "getType" -> a.type();
              case "getCardinality" -> a.cardinality();
              case "getDefaultValue" -> a.byDefault() == null ? null : a.byDefault().split(",");
              case "getOptionValues", "getOptionLabels" ->
                  a.options().isEmpty() ? null : a.options().toArray(String[]::new);
              default -> throw new AssertionError(method);
            });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
