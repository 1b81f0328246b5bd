package org.ladang.discovery.provider;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ladang.discovery.Check;
import org.ladang.discovery.Discovery;
import org.ladang.discovery.Instance;
import org.ladang.discovery.Kind;
import org.ladang.discovery.Offer;

/** What the properties of a local service say of it as an endpoint. */
final class LocalOffers {
  private static final String OBJECT_CLASS = "objectClass";

  /** On the kernel's proxies: the symbolic name of the bundle that they stand for. */
  private static final String OWNER = "ladang.owner";

  private LocalOffers() {}

  /** One for each interface that it is registered by. */
  static List<Offer> of(Map<String, Object> properties, String zone) {
    List<Offer> offers = new ArrayList<>();
    String check = text(properties, Discovery.CHECK, "");
    for (String type : (String[]) properties.get(OBJECT_CLASS)) {
      Instance instance =
          new Instance(
              type,
              id(properties),
              Kind.LOCAL,
              "",
              text(properties, Discovery.VERSION, "1.0.0"),
              text(properties, Discovery.ZONE, zone),
              properties.get(Discovery.WEIGHT) instanceof Number n ? n.doubleValue() : 1,
              tags(properties.get(Discovery.TAGS)),
              text(properties, OWNER, ""));
      offers.add(Offer.of(instance).with(Check.of(check)));
    }
    return offers;
  }

  /** Its own name; else owner and component, which stay the same over a swap. */
  private static String id(Map<String, Object> properties) {
    String named = text(properties, Discovery.ENDPOINT, "true");
    if (!named.equals("true")) {
      return named;
    }
    String owner = text(properties, OWNER, text(properties, "service.bundleid", ""));
    String component = text(properties, "component.name", text(properties, "service.pid", ""));
    String last = component.substring(component.lastIndexOf('.') + 1);
    String id = last.isEmpty() ? owner : owner + "/" + last;
    return id.isEmpty() ? text(properties, "service.id", "service") : id;
  }

  private static Set<String> tags(Object value) {
    Set<String> tags = new TreeSet<>();
    if (value instanceof String one) {
      for (String each : one.split(",")) {
        tags.add(each.strip());
      }
    } else if (value instanceof String[] several) {
      tags.addAll(List.of(several));
    } else if (value instanceof Collection<?> several) {
      several.forEach(each -> tags.add(each.toString()));
    }
    tags.remove("");
    return tags;
  }

  private static String text(Map<String, Object> properties, String key, String otherwise) {
    Object value = properties.get(key);
    return value == null ? otherwise : value.toString();
  }
}
