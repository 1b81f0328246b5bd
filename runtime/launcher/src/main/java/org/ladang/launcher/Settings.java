package org.ladang.launcher;

import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The framework's properties: the distribution's {@code conf/config.properties}, over it the home's, over that the
 * environment and {@code -D} options. A {@code ${name}} in a value is another property.
 */
final class Settings {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^${}]+)}");
  private static final List<String> FROM_OPTIONS =
      List.of("ladang.", "felix.", "org.osgi.", "org.apache.felix.", "ds.");

  private final HomeFolder home;
  private final Path dist;

  Settings(HomeFolder home, Path dist) {
    this.home = home;
    this.dist = dist;
  }

  /**
   * Sets the system properties of {@code conf/system.properties} that no {@code -D} has set, and says where the logging
   * configuration lies. To be called before anything logs.
   */
  void applySystemProperties() {
    Map<String, String> values = new TreeMap<>();
    load(dist.resolve("conf/system.properties"), values);
    load(home.conf().resolve("system.properties"), values);
    values.putIfAbsent("logback.configurationFile", conf("logback.xml").toString());
    values.putIfAbsent("java.util.logging.config.file", conf("logging.properties").toString());
    Map<String, String> names =
        Map.of("ladang.home", home.root().toString(), "ladang.dist", dist.toString());
    values.forEach(
        (key, value) -> {
          if (System.getProperty(key) == null) {
            System.setProperty(key, expand(value, names));
          }
        });
  }

  /** All framework properties, with variables replaced. */
  Map<String, String> frameworkProperties(String version) {
    Map<String, String> values = new TreeMap<>();
    load(dist.resolve("conf/config.properties"), values);
    if (!home.root().equals(dist)) {
      load(home.conf().resolve("config.properties"), values);
    }
    String port = System.getenv().getOrDefault("LADANG_HTTP_PORT", "").strip();
    if (!port.isEmpty()) {
      values.put("org.osgi.service.http.port", port);
    }
    for (String key : System.getProperties().stringPropertyNames()) {
      if (FROM_OPTIONS.stream().anyMatch(key::startsWith)) {
        values.put(key, System.getProperty(key));
      }
    }
    values.put("ladang.home", home.root().toString());
    values.put("ladang.system", dist.toString());
    values.put("ladang.version", version);
    values.replaceAll((key, value) -> expand(value, values));
    String wanted = values.getOrDefault("org.osgi.service.http.port", "0");
    checkPort(wanted);
    checkFree(values.getOrDefault("org.apache.felix.http.host", "127.0.0.1"), wanted);
    return values;
  }

  /** A configuration file of the home where there is one, of the distribution otherwise. */
  private Path conf(String file) {
    Path own = home.conf().resolve(file);
    return Files.exists(own) ? own : dist.resolve("conf").resolve(file);
  }

  private static void checkPort(String port) {
    if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535) {
      throw new Refusal(
          Refusal.USAGE,
          "LADANG-LAUNCH-003",
          "The HTTP port "
              + port
              + " is not a number from 0 (any) to 65535: correct LADANG_HTTP_PORT.");
    }
  }

  /** Without its port the runtime would come up, but nobody could open the console or call it over REST. */
  private static void checkFree(String host, String port) {
    if (Integer.parseInt(port) == 0) {
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      // As Jetty binds: a connection of before that is still closing is no hindrance.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, Integer.parseInt(port)));
    } catch (IOException e) {
      throw new Refusal(
          Refusal.IN_USE,
          "LADANG-LAUNCH-007",
          "The HTTP port "
              + port
              + " on "
              + host
              + " cannot be had ("
              + e.getMessage()
              + "): end what holds it, or choose another one with LADANG_HTTP_PORT; 0 takes any.");
    }
  }

  private static void load(Path file, Map<String, String> into) {
    if (Files.notExists(file)) {
      return;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal(
          Refusal.USAGE, "LADANG-LAUNCH-004", "The file " + file + " cannot be read: " + e + ".");
    }
    properties
        .stringPropertyNames()
        .forEach(key -> into.put(key, properties.getProperty(key).strip()));
  }

  private static String expand(String value, Map<String, String> names) {
    Matcher matcher = VARIABLE.matcher(value);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      String found = names.getOrDefault(name, System.getProperty(name, matcher.group()));
      matcher.appendReplacement(text, Matcher.quoteReplacement(found));
    }
    return matcher.appendTail(text).toString();
  }
}
