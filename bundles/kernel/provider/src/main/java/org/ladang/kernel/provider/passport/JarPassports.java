package org.ladang.kernel.provider.passport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.provider.action.ActionEntry;
import org.ladang.kernel.provider.action.ActionTable;
import org.ladang.kernel.provider.disk.Disk;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Passports;

/**
 * Reads passports from jars. Opens each once, reads its directory, the manifest and the list of actions, and nothing
 * else. Safe for any thread.
 */
public final class JarPassports implements Passports {
  private static final int MOST_MANIFEST = 1 << 20;
  private static final int MOST_ACTIONS = 8 << 20;

  /**
   * A passport, and where its actions are.
   *
   * @param passport as everybody may see it
   * @param actions the same actions with their methods
   */
  public record Document(Passport passport, List<ActionEntry> actions) {}

  private final Optional<PassportIndex> index;

  /** Opens every jar that it is asked about. */
  public JarPassports() {
    this.index = Optional.empty();
  }

  /** Opens a stored jar once, and remembers in {@code index} what it says for the starts that follow. */
  public JarPassports(Disk disk, Path store, Path index) {
    this.index = Optional.of(new PassportIndex(disk, store, index));
  }

  @Override
  public Passport read(Path jar) {
    return document(jar).passport();
  }

  @Override
  public Passport read(Path jar, String file) {
    return document(jar, file).passport();
  }

  /**
   * Reads a jar's passport and its actions' bindings.
   *
   * @throws LadangException as {@link #read} says
   */
  public Document document(Path jar) {
    return document(jar, jar.getFileName().toString());
  }

  private Document document(Path jar, String file) {
    Refused refused = new Refused(file);
    Optional<PassportIndex.Pages> known = index.flatMap(i -> i.take(jar));
    if (known.isPresent()) {
      return document(known.get(), refused);
    }
    PassportIndex.Pages pages = pages(jar, refused);
    Document document = document(pages, refused);
    index.ifPresent(i -> i.put(jar, pages));
    return document;
  }

  private static Document document(PassportIndex.Pages pages, Refused refused) {
    PassportReader reader = new PassportReader(refused, manifest(pages.manifest(), refused));
    List<ActionEntry> actions =
        pages
            .actions()
            .filter(json -> reader.kind() != Kind.PLAIN)
            .map(
                json -> ActionTable.read(json, reader.kind(), reader.name(), reader.symbolicName()))
            .orElse(List.of());
    return new Document(reader.read(actions.stream().map(ActionEntry::info).toList()), actions);
  }

  /** The parts of a jar that matter, after a look at all the others. */
  private static PassportIndex.Pages pages(Path jar, Refused refused) {
    try (JarFolder folder = JarFolder.open(jar, refused)) {
      byte[] manifest =
          folder
              .read(JarFile.MANIFEST_NAME, MOST_MANIFEST)
              .orElseThrow(
                  () ->
                      refused.because(
                          3, "has no manifest", "Make it a bundle, for example with bnd."));
      if (new PassportReader(refused, manifest(manifest, refused)).kind() == Kind.PLAIN) {
        return new PassportIndex.Pages(manifest, Optional.empty());
      }
      folder
          .collision()
          .ifPresent(
              name -> {
                throw refused.because(
                    2, "has two entries that differ in case only, `" + name + "`", "Rename one.");
              });
      return new PassportIndex.Pages(manifest, folder.read(ActionTable.PATH, MOST_ACTIONS));
    } catch (IOException e) {
      throw refused.because(2, "cannot be closed: " + e, "Check the disk.", e);
    }
  }

  private static Attributes manifest(byte[] bytes, Refused refused) {
    try {
      return new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
    } catch (IOException e) {
      throw refused.because(
          3, "has a manifest that cannot be read: " + e.getMessage(), "Build it again.", e);
    }
  }
}
