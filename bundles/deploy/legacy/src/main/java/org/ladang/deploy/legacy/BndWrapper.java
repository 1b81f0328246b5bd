package org.ladang.deploy.legacy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Constants;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ladang.deploy.LegacyWrapper;
import org.ladang.kernel.LadangException;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wraps with bndlib, which reads the imports from the classes. */
@Component(service = LegacyWrapper.class)
public final class BndWrapper implements LegacyWrapper {
  private static final Logger LOG = LoggerFactory.getLogger(BndWrapper.class);
  private static final String REGISTRAR =
      "osgi.extender;filter:=\"(osgi.extender=osgi.serviceloader.registrar)\"";
  private static final String PROCESSOR =
      "osgi.extender;filter:=\"(osgi.extender=osgi.serviceloader.processor)\"";

  @Override
  public void wrap(Path jar, String file, Path bundle) {
    try (Jar content = new Jar(jar.toFile());
        Analyzer analyzer = new Analyzer()) {
      content.setName(file);
      content.setReproducible("true");
      // The manifest that they sign is about to change.
      content.getResources().keySet().stream()
          .filter(name -> name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)"))
          .toList()
          .forEach(content::remove);
      Origin origin = Origin.of(content, file);
      Services services = Services.of(content);
      check(content, services, file);
      instruct(analyzer, content, origin, services);
      content.setManifest(analyzer.calcManifest());
      if (!analyzer.getErrors().isEmpty()) {
        throw refused(file, String.join("; ", analyzer.getErrors()), null);
      }
      analyzer.getWarnings().forEach(warning -> LOG.debug("{}: {}", file, warning));
      content.write(bundle.toFile());
    } catch (LadangException e) {
      throw e;
    } catch (Exception e) {
      throw refused(file, e.toString(), e);
    }
  }

  private static void check(Jar content, Services services, String file) {
    if (services.plugins().size() > 1) {
      throw new LadangException(
              "LADANG-LEGACY-004",
              "The file "
                  + file
                  + " names "
                  + services.plugins().size()
                  + " plugins, "
                  + String.join(" and ", services.plugins())
                  + "; one jar is one plugin.")
          .next("Name one of them in META-INF/services, and put the others into jars of their own.")
          .with("file", file);
    }
    for (Map.Entry<String, List<String>> service : services.byType().entrySet()) {
      for (String name : service.getValue()) {
        if (content.getResource(name.replace('.', '/') + ".class") == null) {
          throw new LadangException(
                  "LADANG-LEGACY-003",
                  "The file "
                      + file
                      + " names "
                      + name
                      + " as its "
                      + service.getKey()
                      + ", but has no such class.")
              .next("Correct its META-INF/services, or build it again.")
              .with("file", file);
        }
      }
    }
  }

  private static void instruct(Analyzer analyzer, Jar content, Origin origin, Services services)
      throws IOException {
    boolean plugin = !services.plugins().isEmpty();
    analyzer.setJar(content);
    analyzer.setBundleSymbolicName(origin.symbolicName() + (plugin ? ".legacy" : ""));
    analyzer.setBundleVersion(origin.version());
    analyzer.setProperty(Constants.NOEXTRAHEADERS, "true");
    analyzer.setProperty(Constants.REPRODUCIBLE, "true");
    // What the file says of services stands below, once.
    analyzer.setProperty(Constants.METAINF_SERVICES, "none");
    analyzer.setProperty(
        Constants.FIXUPMESSAGES,
        "\"Classes found in the wrong directory\";is:=warning,\"Unused*\";is:=ignore");
    // A legacy jar refers to much that it never uses; only Ladang's own API must be there.
    analyzer.setProperty(Constants.IMPORT_PACKAGE, "org.ladang.*,*;resolution:=optional");
    analyzer.setProperty(Constants.EXPORT_PACKAGE, plugin ? "" : "*");
    if (!origin.title().isEmpty()) {
      analyzer.setProperty(Constants.BUNDLE_NAME, origin.title());
    }
    String provides =
        services.published().stream()
            .map(type -> "osgi.serviceloader;osgi.serviceloader=\"" + type + "\"")
            .collect(Collectors.joining(","));
    if (plugin) {
      provides +=
          ",ladang.plugin;ladang.plugin="
              + origin.name()
              + SUFFIX
              + ";version:Version=\""
              + origin.version()
              + "\""
              + (origin.title().isEmpty()
                  ? ""
                  : ";title=\"" + origin.title().replaceAll("[\"\\\\]", "'") + "\"");
    }
    if (!provides.isEmpty()) {
      analyzer.setProperty(Constants.PROVIDE_CAPABILITY, provides);
    }
    String requires = services.published().isEmpty() ? "" : REGISTRAR;
    if (usesServiceLoader(content)) {
      requires += (requires.isEmpty() ? "" : ",") + PROCESSOR;
    }
    if (!requires.isEmpty()) {
      analyzer.setProperty(Constants.REQUIRE_CAPABILITY, requires);
    }
  }

  /** Whether a class asks the {@code ServiceLoader}; SPI-Fly then lets it see the providers of all bundles. */
  private static boolean usesServiceLoader(Jar content) throws IOException {
    for (Map.Entry<String, Resource> entry : content.getResources().entrySet()) {
      if (entry.getKey().endsWith(".class")) {
        String constants = new String(Content.bytes(entry.getValue()), ISO_8859_1);
        if (constants.contains("java/util/ServiceLoader")) {
          return true;
        }
      }
    }
    return false;
  }

  private static LadangException refused(String file, String why, Exception cause) {
    // bndlib adds stack traces to what it says.
    String line = why.lines().findFirst().orElse("").strip();
    return new LadangException(
            "LADANG-LEGACY-002",
            "No bundle can be made of the file " + file + ": " + line + ".",
            cause)
        .next("Make it a bundle yourself, for example with bnd.")
        .with("file", file);
  }
}
