package org.ladang.itests.field;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.ladang.kernel.processor.ActionProcessor;

/** Makes bundles from source text, with the same compiler, annotation processor and bnd as a plugin author's build. */
public final class BundleBuilder {
  private final String symbolicName;
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final List<Path> classPath = new ArrayList<>();
  private String version = "1.0.0";

  private BundleBuilder(String symbolicName) {
    this.symbolicName = symbolicName;
  }

  /** A bundle of that symbolic name. */
  public static BundleBuilder bundle(String symbolicName) {
    return new BundleBuilder(symbolicName);
  }

  /** Its version; {@code 1.0.0} by default. */
  public BundleBuilder version(String version) {
    this.version = version;
    return this;
  }

  /** Adds a class; package and imports stand in the text. */
  public BundleBuilder source(String className, String text) {
    sources.put(className, text);
    return this;
  }

  /** Adds a manifest header or bnd instruction. */
  public BundleBuilder header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Compiles against another bundle that was built here. */
  public BundleBuilder against(Path jar) {
    classPath.add(jar);
    return this;
  }

  /** Builds the jar {@code <symbolic name>-<version>.jar} in that folder. */
  public Path build(Path folder) throws IOException {
    return build(folder, symbolicName + "-" + version + ".jar");
  }

  /** Builds a jar of that name in that folder. */
  public Path build(Path folder, String fileName) throws IOException {
    Files.createDirectories(folder);
    Path work = Files.createTempDirectory(folder, ".build-");
    Path classes = Files.createDirectories(work.resolve("classes"));
    if (!sources.isEmpty()) {
      compile(work, classes);
    }
    Path jar = folder.resolve(fileName);
    try (Builder builder = new Builder();
        Jar content = new Jar(classes.toFile())) {
      builder.setJar(content);
      for (Path path : classPath) {
        builder.addClasspath(path.toFile());
      }
      for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
        if (entry.endsWith(".jar")) {
          builder.addClasspath(new java.io.File(entry));
        }
      }
      builder.setBundleSymbolicName(symbolicName);
      builder.setBundleVersion(version);
      builder.setProperty("-noextraheaders", "true");
      builder.setProperty("-exportcontents", "");
      headers.forEach(builder::setProperty);
      Jar built = builder.build();
      if (!builder.getErrors().isEmpty()) {
        throw new IllegalStateException("bnd: " + builder.getErrors());
      }
      built.write(jar.toFile());
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
    return jar;
  }

  /** Builds a jar as javac and jar leave it, without OSGi metadata: the classes, and files by their names. */
  public Path plainJar(Path folder, String fileName, Map<String, String> files) throws IOException {
    Files.createDirectories(folder);
    Path work = Files.createTempDirectory(folder, ".build-");
    Path classes = Files.createDirectories(work.resolve("classes"));
    compile(work, classes);
    Path jar = folder.resolve(fileName);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
        Stream<Path> all = Files.walk(classes)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        out.write(Files.readAllBytes(file));
        out.closeEntry();
      }
      for (Map.Entry<String, String> file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return jar;
  }

  private void compile(Path work, Path classes) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = work.resolve("src").resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, source.getValue()));
    }
    StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
    classPath.forEach(jar -> path.append(java.io.File.pathSeparator).append(jar));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      Iterable<? extends JavaFileObject> units = manager.getJavaFileObjectsFromPaths(files);
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              messages,
              manager,
              null,
              List.of("-d", classes.toString(), "-cp", path.toString(), "--release", "17"),
              null,
              units);
      task.setProcessors(List.of(new ActionProcessor()));
      if (!task.call()) {
        throw new IllegalStateException("javac: " + messages);
      }
    }
  }
}
