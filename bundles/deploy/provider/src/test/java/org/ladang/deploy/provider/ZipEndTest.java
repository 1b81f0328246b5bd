package org.ladang.deploy.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipEndTest {
  @TempDir Path folder;

  private boolean complete(byte[] content) throws IOException {
    return ZipEnd.complete(Files.write(folder.resolve("file.jar"), content));
  }

  @Test
  void onlyTheWholeFileIsComplete() throws IOException {
    byte[] whole = Jars.plugin("bots", "1.0.0");
    for (int length = 0; length < whole.length; length++) {
      assertThat(complete(Arrays.copyOf(whole, length))).as("%d bytes", length).isFalse();
    }
    assertThat(complete(whole)).isTrue();
  }

  @Test
  void aCommentAtTheEndIsNoHindrance() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setComment("A comment of some length, as some tools write.");
      zip.putNextEntry(new ZipEntry("a"));
    }
    assertThat(complete(bytes.toByteArray())).isTrue();
  }

  @Test
  void aJarInsideAHalfWrittenJarDoesNotDeceive() throws IOException {
    byte[] inner = Jars.plugin("inner", "1.0.0");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int endOfInner;
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      ZipEntry stored = new ZipEntry("lib/inner.jar");
      CRC32 crc = new CRC32();
      crc.update(inner);
      stored.setMethod(ZipEntry.STORED);
      stored.setSize(inner.length);
      stored.setCrc(crc.getValue());
      zip.putNextEntry(stored);
      zip.write(inner);
      zip.closeEntry();
      zip.flush();
      endOfInner = bytes.size();
    }
    assertThat(complete(Arrays.copyOf(bytes.toByteArray(), endOfInner))).isFalse();
    assertThat(complete(bytes.toByteArray())).isTrue();
  }
}
