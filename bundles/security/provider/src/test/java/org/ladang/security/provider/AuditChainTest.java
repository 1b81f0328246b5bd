package org.ladang.security.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to the files of the trail is found. */
class AuditChainTest {
  @TempDir Path folder;
  private AuditFolder trail;
  private Map<Path, byte[]> whole;

  @BeforeEach
  void threeFilesOfEntries() throws Exception {
    trail = new AuditFolder(folder.resolve("security"), 1_000, 10);
    trail.write(10);
    whole = trail.content();
    assertThat(whole).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void anUntouchedTrailIsOk() throws Exception {
    AuditVerdict verdict = trail.verify();
    assertThat(verdict.ok()).as(verdict.sentence()).isTrue();
    assertThat(verdict.first()).isEqualTo(1);
    assertThat(verdict.last()).isEqualTo(10);
    assertThat(verdict.torn()).isZero();
    assertThat(verdict.head()).isEqualTo(trail.anchors.head().orElseThrow().hash());
    assertThat(verdict.sentence()).startsWith("OK: 10 entries");
  }

  @Test
  void aFlipOfAnyByteOfAnyFileIsFoundInThatFile() throws Exception {
    Random random = new Random(42);
    for (Map.Entry<Path, byte[]> file : whole.entrySet()) {
      for (int at = 0; at < file.getValue().length; at++) {
        byte[] bytes = file.getValue().clone();
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file.getKey(), bytes);
        AuditVerdict verdict = trail.verify();
        assertThat(verdict.ok()).as("%s, byte %s", file.getKey().getFileName(), at).isFalse();
        assertThat(verdict.file()).isEqualTo(file.getKey().getFileName().toString());
        assertThat(verdict.line()).isEqualTo(lineOf(file.getValue(), at));
      }
      Files.write(file.getKey(), file.getValue());
    }
    assertThat(trail.verify().ok()).isTrue();
  }

  @Test
  void anyCutOfTheEndIsFound() throws Exception {
    Path last = trail.files.current();
    byte[] bytes = whole.get(last);
    for (int length = 0; length < bytes.length; length++) {
      Files.write(last, Arrays.copyOf(bytes, length));
      assertThat(trail.verify().ok()).as("cut to %s bytes", length).isFalse();
    }
    Files.delete(last);
    AuditVerdict verdict = trail.verify();
    assertThat(verdict.ok()).isFalse();
    assertThat(verdict.sentence()).contains("cut off");
  }

  @Test
  void anyCutOfAFullFileIsFound() throws Exception {
    Path first = trail.files.full().get(0);
    byte[] bytes = whole.get(first);
    for (int length = 0; length < bytes.length; length++) {
      Files.write(first, Arrays.copyOf(bytes, length));
      assertThat(trail.verify().ok()).as("cut to %s bytes", length).isFalse();
    }
  }

  @Test
  void aMissingFileIsFoundWhicheverItIs() throws Exception {
    for (Path file : whole.keySet()) {
      Files.delete(file);
      assertThat(trail.verify().ok()).as(file.toString()).isFalse();
      trail.restore(whole);
    }
    assertThat(trail.verify().ok()).isTrue();
  }

  @Test
  void removedRepeatedSwappedAndForgedLinesAreFound() throws Exception {
    Path file = trail.files.full().get(0);
    List<String> lines = trail.lines(file);
    for (int i = 0; i < lines.size(); i++) {
      List<String> removed = new ArrayList<>(lines);
      removed.remove(i);
      refused(file, removed);

      List<String> repeated = new ArrayList<>(lines);
      repeated.add(i, lines.get(i));
      refused(file, repeated);

      List<String> swapped = new ArrayList<>(lines);
      java.util.Collections.swap(swapped, i, (i + 1) % lines.size());
      refused(file, swapped);

      List<String> forged = new ArrayList<>(lines);
      AuditLine line = AuditLine.parse(lines.get(i).getBytes("UTF-8")).orElseThrow();
      ChainLink before = new ChainLink(line.link().seq() - 1, line.prev());
      byte[] other = AuditLine.after(before, trail.entry("forged")).bytes();
      forged.set(i, new String(other, "UTF-8").strip());
      refused(file, forged);
    }
  }

  @Test
  void aWhollyRewrittenTrailIsFoundByTheHeadThatStateRemembers() throws Exception {
    ChainLink link = ChainLink.START;
    StringBuilder forged = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      AuditLine line = AuditLine.after(link, trail.entry("forged " + i));
      forged.append(new String(line.bytes(), "UTF-8"));
      link = line.link();
    }
    trail.restore(Map.of());
    Files.writeString(trail.files.current(), forged);
    AuditVerdict verdict = trail.verify();
    assertThat(verdict.ok()).isFalse();
    assertThat(verdict.sentence()).contains("another one than the head");
  }

  @Test
  void rubbishOnItsOwnLineIsFoundEvenIfItLooksLikeATornEnd() throws Exception {
    Path file = trail.files.full().get(0);
    List<String> lines = trail.lines(file);
    lines.add(2, lines.get(2).substring(0, 40));
    refused(file, lines);
    assertThat(trail.verify().line()).isEqualTo(3);
  }

  private void refused(Path file, List<String> lines) throws Exception {
    trail.lines(file, lines);
    assertThat(trail.verify().ok()).isFalse();
  }

  private static long lineOf(byte[] bytes, int at) {
    long line = 1;
    for (int i = 0; i < at; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }
}
