package org.ladang.kernel.provider.passport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.provider.disk.LocalDisk;
import org.ladang.kernel.swap.Passport;

class PassportIndexTest {
  private static final String LIST = "OSGI-INF/ladang/actions.json";

  @TempDir Path folder;
  private Path store;
  private Path index;

  @BeforeEach
  void folders() throws IOException {
    store = Files.createDirectories(folder.resolve("store"));
    index = store.resolve("passports.index");
  }

  @Test
  void theNextStartOpensNoJar() throws IOException {
    Path bots = stored("a", JarBuilder.plugin("bots").entry(LIST, JarPassportsTest.ACTIONS));
    Path plain = stored("b", JarBuilder.bundle("org.example.plain"));
    JarPassports first = passports();
    Passport read = first.read(bots);
    Passport other = first.read(plain);
    Files.delete(bots);
    Files.delete(plain);

    JarPassports next = passports();

    assertThat(next.read(bots)).isEqualTo(read);
    assertThat(next.read(plain)).isEqualTo(other);
  }

  @Test
  void anIndexThatEndsAnywhereIsMendedFromTheJars() throws IOException {
    Path bots = stored("a", JarBuilder.plugin("bots"));
    Path loans = stored("b", JarBuilder.plugin("loans"));
    passports().read(bots);
    passports().read(loans);
    byte[] whole = Files.readAllBytes(index);

    for (int length = 0; length < whole.length; length++) {
      Files.write(index, Arrays.copyOf(whole, length));
      JarPassports passports = passports();
      assertThat(passports.read(bots).name()).isEqualTo("bots");
      assertThat(passports.read(loans).name()).isEqualTo("loans");
      assertThat(Files.readAllBytes(index)).as("cut at " + length).isEqualTo(whole);
    }
  }

  @Test
  void aByteThatChangedIsNotBelieved() throws IOException {
    Path bots = stored("a", JarBuilder.plugin("bots"));
    Passport read = passports().read(bots);
    byte[] whole = Files.readAllBytes(index);

    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= 0x01;
      Files.write(index, changed);
      assertThat(passports().read(bots)).as("byte " + i).isEqualTo(read);
    }
  }

  @Test
  void whatIsRefusedIsNotKept() throws IOException {
    Path bad = stored("a", JarBuilder.bundle("a b"));
    JarPassports passports = passports();

    assertThatThrownBy(() -> passports.read(bad)).isInstanceOf(LadangException.class);

    assertThat(index).doesNotExist();
  }

  @Test
  void jarsOutsideOfTheStoreAreAlwaysOpened() throws IOException {
    Path bots = JarBuilder.plugin("bots").at(folder);
    JarPassports passports = passports();
    passports.read(bots);
    Files.write(bots, JarBuilder.plugin("loans").bytes());

    assertThat(passports.read(bots).name()).isEqualTo("loans");
  }

  private JarPassports passports() {
    return new JarPassports(new LocalDisk(), store, index);
  }

  private Path stored(String digit, JarBuilder jar) throws IOException {
    Path part = Files.createDirectories(store.resolve(digit + digit));
    return Files.write(part.resolve(digit.repeat(64) + ".jar"), jar.bytes());
  }
}
