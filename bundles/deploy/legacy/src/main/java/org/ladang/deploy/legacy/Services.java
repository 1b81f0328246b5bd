package org.ladang.deploy.legacy;

import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The providers that a jar names in {@code META-INF/services}.
 *
 * @param byType class names by the name of what they implement, in order
 */
record Services(Map<String, List<String>> byType) {
  private static final String FOLDER = "META-INF/services/";
  private static final String PLUGIN = "org.ladang.registry.Plugin";

  static Services of(Jar jar) throws IOException {
    Map<String, List<String>> byType = new TreeMap<>();
    for (Map.Entry<String, Resource> entry : jar.getResources().entrySet()) {
      String type = entry.getKey();
      if (type.startsWith(FOLDER) && type.indexOf('/', FOLDER.length()) < 0) {
        List<String> classes = read(entry.getValue());
        if (!classes.isEmpty()) {
          byType.put(type.substring(FOLDER.length()), classes);
        }
      }
    }
    return new Services(byType);
  }

  /** As {@code ServiceLoader} reads them: one name a line, {@code #} begins a comment. */
  private static List<String> read(Resource resource) throws IOException {
    String text = new String(Content.bytes(resource), StandardCharsets.UTF_8);
    List<String> classes = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String name = line.replaceFirst("#.*", "").strip();
      if (!name.isEmpty() && !classes.contains(name)) {
        classes.add(name);
      }
    }
    return classes;
  }

  /** The implementations of the bare contract of a plugin. */
  List<String> plugins() {
    return byType.getOrDefault(PLUGIN, List.of());
  }

  /** What is published: of a plugin its plugin alone, since a plugin publishes nothing that it carries itself. */
  List<String> published() {
    return plugins().isEmpty() ? List.copyOf(byType.keySet()) : List.of(PLUGIN);
  }
}
