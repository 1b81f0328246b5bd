package org.ladang.config.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.config.Change;
import org.ladang.config.Configuration;
import org.ladang.config.Schema;
import org.ladang.config.Setting;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.MetaTypeService;

/** Against the real Metatype service and ConfigurationAdmin, whose ways the fakes only imitate. */
class RealFelixTest {
  private static final String METATYPE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
        <OCD id="o" name="Cow shed" description="Where cows sleep.">
          <AD id="stalls" type="Integer" name="Stalls" description="How many." min="1" max="9" default="3"/>
          <AD id="mode" type="String" default="OPEN"><Option label="Open" value="OPEN"/><Option label="Shut" value="SHUT"/></AD>
          <AD id="pin" type="Password" required="false"/>
          <AD id="names" type="String" cardinality="2147483647" default="Berta,Elsa"/>
        </OCD>
        <Designate pid="org.ladang.shed"><Object ocdref="o"/></Designate>
        <Designate factoryPid="org.ladang.field"><Object ocdref="o"/></Designate>
      </metatype:MetaData>
      """;

  @TempDir Path root;
  private Framework framework;
  private Field field;
  private LadangConfiguration configuration;

  @BeforeEach
  void start() throws Exception {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    "org.osgi.framework.storage",
                    root.resolve("cache").toString(),
                    "felix.cm.dir",
                    root.resolve("cm").toString(),
                    "felix.log.level",
                    "1",
                    "org.osgi.framework.system.packages.extra",
                    "org.osgi.service.cm;version=1.6.0,org.osgi.service.metatype;version=1.4.0,"
                        + "org.osgi.service.log;version=1.3.0"));
    framework.start();
    install(ConfigurationAdmin.class, "org.apache.felix.cm.impl.ConfigurationManager");
    install(MetaTypeService.class, "org.apache.felix.metatype.internal.Activator");
    field = new Field(root);
  }

  @AfterEach
  void stop() throws Exception {
    if (configuration != null) {
      configuration.close();
    }
    framework.stop();
    framework.waitForStop(10_000);
  }

  private void install(Class<?> api, String inside) throws Exception {
    String jar =
        Class.forName(inside).getProtectionDomain().getCodeSource().getLocation().toString();
    framework.getBundleContext().installBundle(jar).start();
    assertThat(framework.getBundleContext().getServiceReference(api)).isNotNull();
  }

  private <T> T service(Class<T> type) {
    BundleContext context = framework.getBundleContext();
    return context.getService(context.getServiceReference(type));
  }

  private void open() {
    configuration =
        new LadangConfiguration(
            framework.getBundleContext(),
            field.home(),
            room -> field.state,
            Field.clock(),
            field.scheduler,
            field.events,
            service(MetaTypeService.class),
            service(ConfigurationAdmin.class),
            field.environment);
  }

  private Bundle shed() throws Exception {
    return framework
        .getBundleContext()
        .installBundle("shed", new ByteArrayInputStream(jar("org.ladang.shed.provider")));
  }

  private static byte[] jar(String name) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    main.putValue("Provide-Capability", "ladang.subsystem;ladang.subsystem=shed");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      jar.putNextEntry(new ZipEntry("OSGI-INF/"));
      jar.putNextEntry(new ZipEntry("OSGI-INF/metatype/"));
      jar.putNextEntry(new ZipEntry("OSGI-INF/metatype/o.xml"));
      jar.write(METATYPE.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private Map<String, Object> projected(String pid) throws Exception {
    var found = service(ConfigurationAdmin.class).listConfigurations("(service.pid=" + pid + ")");
    assertThat(found).hasSize(1);
    assertThat(found[0].getBundleLocation()).isEqualTo("?");
    Map<String, Object> values = new TreeMap<>();
    var properties = found[0].getProperties();
    properties.keys().asIterator().forEachRemaining(k -> values.put(k, properties.get(k)));
    return values;
  }

  @Test
  void aBundlesDeclarationIsReadAsItIsWritten() throws Exception {
    shed().start();
    open();
    Schema schema = configuration.describe("shed").orElseThrow();

    assertThat(schema.title()).isEqualTo("Cow shed");
    assertThat(schema.open()).isFalse();
    assertThat(schema.setting("stalls"))
        .contains(
            new Setting(
                "stalls",
                "Stalls",
                Setting.Type.INTEGER,
                false,
                List.of("3"),
                "How many.",
                false,
                true,
                List.of(),
                Optional.of("1"),
                Optional.of("9")));
    assertThat(schema.setting("mode").orElseThrow().options())
        .extracting(Setting.Option::value)
        .containsExactly("OPEN", "SHUT");
    assertThat(schema.setting("pin").orElseThrow().secret()).isTrue();
    assertThat(schema.setting("pin").orElseThrow().required()).isFalse();
    assertThat(schema.setting("names").orElseThrow().defaults()).containsExactly("Berta", "Elsa");
    assertThat(configuration.describe("field").orElseThrow().factory()).isTrue();
    assertThatThrownBy(() -> configuration.check(Change.of("shed", "stalls", 10, "a", "")))
        .hasMessage("stalls of shed must be at most 9, but got 10.");
  }

  @Test
  void aBundleFindsItsConfigurationBeforeItStarts() throws Exception {
    field.file("org.ladang.shed.properties", "stalls=5\n");
    field.environment.put("LADANG_SHED_MODE", "SHUT");
    open();
    Bundle shed = shed();
    Object[] seen = new Object[1];
    framework
        .getBundleContext()
        .addBundleListener(
            (SynchronousBundleListener)
                event -> {
                  if (event.getBundle() == shed && event.getType() == BundleEvent.STARTING) {
                    try {
                      seen[0] = projected("org.ladang.shed");
                    } catch (Exception e) {
                      throw new AssertionError(e);
                    }
                  }
                });
    shed.start();

    assertThat(seen[0])
        .isEqualTo(Map.of("stalls", 5, "mode", "SHUT", "service.pid", "org.ladang.shed"));
  }

  @Test
  void instancesAreFactoryConfigurationsAndWhatIsResetGoes() throws Exception {
    shed().start();
    open();
    configuration.set(Change.of("field~north", "names", "Berta, Lisl", "alice", ""));
    assertThat(projected("org.ladang.field~north"))
        .containsEntry("service.factoryPid", "org.ladang.field")
        .containsEntry("names", new String[] {"Berta", "Lisl"});

    configuration.undo(Optional.empty(), "alice");
    assertThat(service(ConfigurationAdmin.class).listConfigurations(null)).isNull();
  }

  @Test
  void anEqualConfigurationIsNotWrittenAgainAtTheNextStart() throws Exception {
    shed().start();
    open();
    configuration.set(Change.of("shed", "names", List.of("Berta"), "alice", ""));
    configuration.set(Change.of("shed", "stalls", 4, "alice", ""));
    ConfigurationAdmin admin = service(ConfigurationAdmin.class);
    long changes = admin.getConfiguration("org.ladang.shed", "?").getChangeCount();
    configuration.close();
    open();

    assertThat(admin.getConfiguration("org.ladang.shed", "?").getChangeCount()).isEqualTo(changes);
    Configuration again = configuration;
    assertThat(again.get("shed").value("stalls").orElseThrow().value()).contains(4);
  }
}
