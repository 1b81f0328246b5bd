package org.ladang.config.provider;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.ladang.config.Configuration;
import org.ladang.config.Schema;
import org.ladang.config.Setting;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Reads what a bundle declares by Metatype. */
final class MetatypeReader {
  private final MetaTypeService metatype;
  private final BiConsumer<String, RuntimeException> broken;

  /**
   * @param broken told of a PID whose declaration cannot be read
   */
  MetatypeReader(MetaTypeService metatype, BiConsumer<String, RuntimeException> broken) {
    this.metatype = metatype;
    this.broken = broken;
  }

  List<Declared> read(Bundle bundle) {
    MetaTypeInformation information = metatype.getMetaTypeInformation(bundle);
    if (information == null) {
      return List.of();
    }
    Bounds bounds = Bounds.of(bundle);
    List<Declared> all = new ArrayList<>();
    add(all, information, information.getPids(), false, bundle, bounds);
    add(all, information, information.getFactoryPids(), true, bundle, bounds);
    return all;
  }

  private void add(
      List<Declared> all,
      MetaTypeInformation information,
      String[] pids,
      boolean factory,
      Bundle bundle,
      Bounds bounds) {
    if (pids == null) {
      return;
    }
    Optional<String> owner = owner(bundle);
    for (String pid : pids) {
      try {
        ObjectClassDefinition ocd = information.getObjectClassDefinition(pid, null);
        if (ocd == null) {
          continue;
        }
        Schema schema =
            new Schema(
                pid,
                pid,
                text(ocd.getName()),
                text(ocd.getDescription()),
                factory,
                owner.isEmpty() && !bundle.getSymbolicName().startsWith("org.ladang."),
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                settings(ocd, bounds));
        all.add(new Declared(schema, owner.orElse(""), bundle.getBundleId(), bundle.getVersion()));
      } catch (RuntimeException e) {
        // One bad declaration of somebody else's bundle must not hide the others.
        broken.accept(pid, e);
      }
    }
  }

  private static Optional<String> owner(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null) {
      return Optional.empty();
    }
    for (String namespace : List.of("ladang.subsystem", "ladang.plugin")) {
      for (BundleCapability capability : revision.getDeclaredCapabilities(namespace)) {
        if (capability.getAttributes().get(namespace) instanceof String name) {
          return Optional.of(name);
        }
      }
    }
    return Optional.empty();
  }

  private static List<Setting> settings(ObjectClassDefinition ocd, Bounds bounds) {
    Set<String> required = new HashSet<>();
    for (AttributeDefinition ad : array(ocd, ObjectClassDefinition.REQUIRED)) {
      required.add(ad.getID());
    }
    List<Setting> settings = new ArrayList<>();
    for (AttributeDefinition ad : array(ocd, ObjectClassDefinition.ALL)) {
      boolean secret = ad.getType() == AttributeDefinition.PASSWORD || Secrets.named(ad.getID());
      Bounds.Range range = bounds.range(ocd.getID(), ad.getID());
      settings.add(
          new Setting(
              ad.getID(),
              text(ad.getName()),
              type(ad.getType()),
              ad.getCardinality() != 0,
              defaults(ad, secret),
              text(ad.getDescription()),
              secret,
              required.contains(ad.getID()),
              options(ad),
              range.min(),
              range.max()));
    }
    return settings;
  }

  private static AttributeDefinition[] array(ObjectClassDefinition ocd, int filter) {
    AttributeDefinition[] found = ocd.getAttributeDefinitions(filter);
    return found == null ? new AttributeDefinition[0] : found;
  }

  private static List<String> defaults(AttributeDefinition ad, boolean secret) {
    String[] values = ad.getDefaultValue();
    if (values == null || values.length == 0) {
      return List.of();
    }
    return secret ? List.of(Configuration.MASK) : List.of(values);
  }

  private static List<Setting.Option> options(AttributeDefinition ad) {
    String[] values = ad.getOptionValues();
    String[] labels = ad.getOptionLabels();
    List<Setting.Option> options = new ArrayList<>();
    for (int i = 0; values != null && i < values.length; i++) {
      String label = labels != null && i < labels.length ? labels[i] : values[i];
      options.add(new Setting.Option(values[i], text(label)));
    }
    return options;
  }

  // Old providers may still use the deprecated constants; they are read as text.
  private static Setting.Type type(int type) {
    return switch (type) {
      case AttributeDefinition.BOOLEAN -> Setting.Type.BOOLEAN;
      case AttributeDefinition.BYTE -> Setting.Type.BYTE;
      case AttributeDefinition.SHORT -> Setting.Type.SHORT;
      case AttributeDefinition.INTEGER -> Setting.Type.INTEGER;
      case AttributeDefinition.LONG -> Setting.Type.LONG;
      case AttributeDefinition.FLOAT -> Setting.Type.FLOAT;
      case AttributeDefinition.DOUBLE -> Setting.Type.DOUBLE;
      case AttributeDefinition.CHARACTER -> Setting.Type.CHARACTER;
      default -> Setting.Type.STRING;
    };
  }

  private static String text(String maybe) {
    return maybe == null ? "" : maybe;
  }
}
