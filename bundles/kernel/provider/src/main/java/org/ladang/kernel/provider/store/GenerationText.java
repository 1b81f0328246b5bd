package org.ladang.kernel.provider.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.ladang.kernel.provider.json.Json;
import org.ladang.kernel.provider.json.JsonObject;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Generation;
import org.ladang.kernel.swap.Kind;

/** A generation as a file: JSON that begins with the checksum of the rest. */
final class GenerationText {
  private static final String START = "{\"crc32\":\"";
  private static final String MIDDLE = "\",\"generation\":";
  private static final String END = "}\n";
  private static final int BODY = START.length() + 8 + MIDDLE.length();

  private GenerationText() {}

  static byte[] write(Generation generation) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", generation.number());
    json.put("at", generation.at().toString());
    json.put("author", generation.author());
    json.put("reason", generation.reason());
    json.put("bundles", generation.bundles().stream().map(GenerationText::bundle).toList());
    json.put("inbox", new TreeMap<>(generation.inbox()));
    String body = Json.text(json);
    return (START + crc(body) + MIDDLE + body + END).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> bundle(BundleEntry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("symbolicName", entry.symbolicName());
    json.put("name", entry.name());
    json.put("kind", entry.kind().name());
    json.put("version", entry.version());
    json.put("sha256", entry.sha256());
    json.put("stopped", entry.stopped());
    json.put("file", entry.file());
    if (!entry.data().isEmpty()) {
      json.put("data", entry.data());
    }
    if (entry.legacy()) {
      json.put("origin", entry.origin());
    }
    return json;
  }

  /** The generation that a file holds; empty when it is damaged or incomplete. */
  static Optional<Generation> read(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.length() < BODY + END.length() || !text.startsWith(START) || !text.endsWith(END)) {
      return Optional.empty();
    }
    String body = text.substring(BODY, text.length() - END.length());
    if (!text.substring(0, BODY).equals(START + crc(body) + MIDDLE)) {
      return Optional.empty();
    }
    try {
      return Optional.of(generation(JsonObject.of(Json.parse(body))));
    } catch (IOException | JsonObject.Damage | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Generation generation(JsonObject json) {
    List<BundleEntry> bundles = new ArrayList<>();
    json.objects("bundles").forEach(entry -> bundles.add(bundle(entry)));
    Map<String, String> inbox = new TreeMap<>();
    json.map("inbox").forEach((file, sha) -> inbox.put(file, String.valueOf(sha)));
    return new Generation(
        json.positive("number"),
        Instant.parse(json.text("at")),
        json.text("author"),
        json.text("reason"),
        bundles,
        inbox);
  }

  private static BundleEntry bundle(JsonObject json) {
    BundleEntry entry =
        new BundleEntry(
            json.text("symbolicName"),
            json.text("name"),
            json.constant("kind", Kind.class),
            json.text("version"),
            json.text("sha256"),
            json.flag("stopped"),
            json.text("file"));
    return entry
        .withData(json.text("data", entry.data()))
        .withOrigin(json.text("origin", entry.origin()));
  }

  private static String crc(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }
}
