package org.ladang.console.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadsTest {
  @TempDir Path run;

  @Test
  void aJarIsKeptUnderATicketUntilItIsForgotten() throws IOException {
    Uploads uploads = new Uploads(run);
    String ticket = uploads.take("good.jar", zip("a.txt", new byte[10]));
    assertThat(Uploads.file(run, ticket)).isPresent();
    uploads.forget(ticket);
    assertThat(Uploads.file(run, ticket)).isEmpty();
    assertThat(Uploads.file(run, "../" + ticket)).isEmpty();
  }

  @Test
  void twoAtATimeAndNoMore() throws IOException {
    Uploads uploads = new Uploads(run);
    String first = uploads.take("a.jar", zip("a", new byte[1]));
    uploads.take("b.jar", zip("b", new byte[1]));
    assertThat(code(uploads, "c.jar", zip("c", new byte[1]))).isEqualTo("LADANG-CONSOLE-046");
    uploads.forget(first);
    uploads.take("c.jar", zip("c", new byte[1]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil.jar", "a/b.jar", ".hidden.jar", "a.zip", "a\nb.jar", "", ".jar"})
  void aNameThatIsNoneIsRefused(String name) throws IOException {
    assertThat(code(new Uploads(run), name, zip("a", new byte[1]))).isEqualTo("LADANG-CONSOLE-044");
  }

  @Test
  void whatIsNoJarIsNeverOnDisk() throws IOException {
    Uploads uploads = new Uploads(run);
    byte[] good = zip("a.txt", new byte[50_000]);
    byte[] bomb = zip("zeros", new byte[40 * 1024 * 1024]);
    for (byte[] bad :
        Arrays.asList(
            "no jar".getBytes(StandardCharsets.UTF_8),
            new byte[0],
            Arrays.copyOf(good, good.length / 3),
            zip("../out.txt", new byte[1]),
            zip("/root.txt", new byte[1]),
            zip("a\\..\\b", new byte[1]),
            bomb)) {
      assertThat(code(uploads, "x.jar", bad)).isEqualTo("LADANG-CONSOLE-045");
    }
    assertThat(Files.exists(run.resolve("uploads"))).isFalse();
    uploads.take("x.jar", good);
  }

  private static String code(Uploads uploads, String name, byte[] jar) {
    String[] code = new String[1];
    assertThatThrownBy(() -> uploads.take(name, jar))
        .isInstanceOfSatisfying(Refused.class, refused -> code[0] = refused.problem().code());
    return code[0];
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }
}
