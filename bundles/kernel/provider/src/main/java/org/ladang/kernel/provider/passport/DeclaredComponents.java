package org.ladang.kernel.provider.passport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What the components of a jar are declared with: read from their descriptions (OSGi Compendium 8, chapter 112.4), so that
 * the properties of services are known before anything is started.
 */
public final class DeclaredComponents {
  private static final XMLInputFactory XML = factory();

  private DeclaredComponents() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /**
   * The properties of each component, by its name. Descriptions that cannot be read are left out: they are told when the
   * jar is started.
   */
  public static Map<String, Map<String, Object>> of(Path jar) {
    Map<String, Map<String, Object>> components = new HashMap<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      String header = file.getManifest().getMainAttributes().getValue("Service-Component");
      for (String path : header == null ? new String[0] : header.split("\\s*,\\s*")) {
        ZipEntry entry = file.getEntry(path.strip());
        if (entry != null) {
          try (InputStream text = file.getInputStream(entry)) {
            read(text, components);
          }
        }
      }
    } catch (IOException | XMLStreamException e) {
      return components;
    }
    return components;
  }

  private static void read(InputStream text, Map<String, Map<String, Object>> components)
      throws XMLStreamException {
    XMLStreamReader reader = XML.createXMLStreamReader(text);
    Map<String, Object> properties = new HashMap<>();
    while (reader.hasNext()) {
      if (reader.next() != XMLStreamReader.START_ELEMENT) {
        continue;
      }
      if (reader.getLocalName().equals("component")) {
        properties = new HashMap<>();
        components.put(reader.getAttributeValue(null, "name"), properties);
      } else if (reader.getLocalName().equals("property")) {
        property(reader, properties);
      }
    }
  }

  private static void property(XMLStreamReader reader, Map<String, Object> properties)
      throws XMLStreamException {
    String name = reader.getAttributeValue(null, "name");
    String type = reader.getAttributeValue(null, "type");
    String value = reader.getAttributeValue(null, "value");
    if (value != null) {
      properties.put(name, typed(type, value));
      return;
    }
    List<Object> values = new ArrayList<>();
    reader
        .getElementText()
        .lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty())
        .forEach(line -> values.add(typed(type, line)));
    properties.put(name, values);
  }

  private static Object typed(String type, String value) {
    return switch (type == null ? "string" : type.toLowerCase(Locale.ROOT)) {
      case "long", "integer", "short", "byte" -> Long.valueOf(value);
      case "double", "float" -> Double.valueOf(value);
      case "boolean" -> Boolean.valueOf(value);
      default -> value;
    };
  }
}
