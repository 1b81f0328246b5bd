package org.ladang.discovery;

import java.util.Set;
import org.ladang.kernel.LadangException;

/**
 * An endpoint: one of perhaps several that offer the same.
 *
 * @param type what it offers: the name of an interface for a local service, any name for others
 * @param id its name, of its own within the type
 * @param kind how it is called
 * @param address where it is: a base URL or a JDBC URL; empty for a local service
 * @param version of what it offers, for example {@code 1.2.0}
 * @param zone where it stands, from the large to the small with slashes: {@code id/jakarta/rack-7}; may be empty
 * @param weight how much it takes beside the others, more than 0 and at most 1,000; 1 is usual
 * @param tags words by which it can be selected
 * @param owner symbolic name of the bundle that it lives and dies with; empty when it belongs to none
 */
public record Instance(
    String type,
    String id,
    Kind kind,
    String address,
    String version,
    String zone,
    double weight,
    Set<String> tags,
    String owner) {
  private static final double HEAVIEST = 1000;
  private static final int LONGEST = 200;

  /**
   * @throws LadangException {@code LADANG-DISCOVERY-003} when something of it cannot be used
   */
  public Instance {
    tags = Set.copyOf(tags);
    if (type.isBlank() || id.isBlank() || type.length() > LONGEST || id.length() > LONGEST) {
      throw unfit(
          "An endpoint needs the name of what it offers and one of its own, of at most 200"
              + " characters.");
    }
    if (!(weight > 0 && weight <= HEAVIEST)) {
      throw unfit("The endpoint " + id + " has the weight " + weight + ", which cannot be used.");
    }
    boolean fits =
        switch (kind) {
          case LOCAL -> address.isEmpty();
          case HTTP -> address.startsWith("http://") || address.startsWith("https://");
          case DATABASE -> address.startsWith("jdbc:");
        };
    if (!fits) {
      throw unfit("The endpoint " + id + " cannot be called at “" + address + "”.")
          .next("Give http://…, https://… or jdbc:…");
    }
  }

  /** An endpoint over HTTP of the usual weight, nowhere in particular. */
  public static Instance http(String type, String id, String address) {
    return new Instance(type, id, Kind.HTTP, address, "1.0.0", "", 1, Set.of(), "");
  }

  /** A database of the usual weight, nowhere in particular. */
  public static Instance database(String type, String id, String address) {
    return new Instance(type, id, Kind.DATABASE, address, "1.0.0", "", 1, Set.of(), "");
  }

  private static LadangException unfit(String sentence) {
    return new LadangException("LADANG-DISCOVERY-003", sentence);
  }
}
