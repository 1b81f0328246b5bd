package org.ladang.config.provider;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.osgi.framework.Bundle;

/**
 * The smallest and largest values that a bundle declares, read from its Metatype documents: the Metatype service checks
 * against them but does not tell them.
 */
final class Bounds {
  /** One attribute's bounds. */
  record Range(Optional<String> min, Optional<String> max) {
    static final Range NONE = new Range(Optional.empty(), Optional.empty());
  }

  private final Map<String, Range> ranges = new HashMap<>();

  private Bounds() {}

  /** Reads all documents; one that cannot be read gives no bounds, as the Metatype service ignores it too. */
  static Bounds of(Bundle bundle) {
    Bounds bounds = new Bounds();
    var found = bundle.findEntries("OSGI-INF/metatype", "*.xml", false);
    List<URL> documents = found == null ? List.of() : Collections.list(found);
    for (URL document : documents) {
      try (InputStream in = document.openStream()) {
        bounds.read(in);
      } catch (IOException | XMLStreamException e) {
        org.slf4j.LoggerFactory.getLogger(Bounds.class)
            .atDebug()
            .setCause(e)
            .addKeyValue("document", document)
            .log("A Metatype document cannot be read.");
      }
    }
    return bounds;
  }

  /** The bounds of an attribute of an object class. */
  Range range(String objectClass, String attribute) {
    return ranges.getOrDefault(objectClass + '\n' + attribute, Range.NONE);
  }

  private void read(InputStream in) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader xml = factory.createXMLStreamReader(in);
    String objectClass = "";
    while (xml.hasNext()) {
      if (xml.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      if (xml.getLocalName().equals("OCD")) {
        objectClass = xml.getAttributeValue(null, "id");
      } else if (xml.getLocalName().equals("AD")) {
        Range range = new Range(number(xml, "min"), number(xml, "max"));
        ranges.put(objectClass + '\n' + xml.getAttributeValue(null, "id"), range);
      }
    }
    xml.close();
  }

  private static Optional<String> number(XMLStreamReader xml, String name) {
    return Optional.ofNullable(xml.getAttributeValue(null, name))
        .map(String::trim)
        .filter(text -> text.matches("[+-]?\\d+(\\.\\d+)?"));
  }
}
