package org.ladang.security.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that ends suddenly tears the end; that is told apart from entries that were taken away. */
class AuditTornTest {
  @TempDir Path folder;
  private AuditFolder trail;

  @BeforeEach
  void open() {
    trail = new AuditFolder(folder.resolve("security"), 1 << 20, 10);
  }

  @Test
  void anEndTornAtAnyByteIsNamedAsTornAndThenNoted() throws Exception {
    trail.write(3);
    int safe = (int) Files.size(trail.files.current());
    trail.writeUnforced(2, false);
    byte[] bytes = Files.readAllBytes(trail.files.current());
    for (int length = safe; length <= bytes.length; length++) {
      Files.write(trail.files.current(), Arrays.copyOf(bytes, length));
      boolean clean = length == safe || bytes[length - 1] == '\n';
      // Only the line feed is missing: with one the line is an entry like any other.
      boolean unended = bytes[Math.min(length, bytes.length - 1)] == '\n' && !clean;
      AuditVerdict torn = trail.verify();
      assertThat(torn.ok()).as("%s bytes: %s", length, torn.sentence()).isTrue();
      assertThat(torn.torn()).isEqualTo(clean ? 0 : 1);

      trail.writeUnforced(2, false);
      AuditVerdict noted = trail.verify();
      assertThat(noted.ok()).as("%s bytes: %s", length, noted.sentence()).isTrue();
      assertThat(noted.torn()).isEqualTo(clean || unended ? 0 : 1);
      assertThat(noted.last()).isEqualTo(torn.last() + (clean ? 2 : 3));
    }
  }

  @Test
  void zerosAfterAPowerFailureAreTornToo() throws Exception {
    trail.write(3);
    byte[] bytes = Files.readAllBytes(trail.files.current());
    byte[] zeros = Arrays.copyOf(bytes, bytes.length + 9_000);
    zeros[bytes.length + 5_000] = '\n';
    Files.write(trail.files.current(), zeros);
    assertThat(trail.verify().torn()).isEqualTo(1);
    trail.write(1);
    AuditVerdict noted = trail.verify();
    assertThat(noted.ok()).as(noted.sentence()).isTrue();
    assertThat(noted.torn()).isEqualTo(1);
    assertThat(noted.last()).isEqualTo(5);
  }

  @Test
  void aByteOfANotedTornEndCannotBeChangedUnseen() throws Exception {
    trail.write(1);
    int safe = (int) Files.size(trail.files.current());
    Files.writeString(
        trail.files.current(), "{\"seq\":2,\"at", java.nio.file.StandardOpenOption.APPEND);
    trail.write(1);
    byte[] bytes = Files.readAllBytes(trail.files.current());
    for (int at = safe; at < bytes.length; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      Files.write(trail.files.current(), changed);
      assertThat(trail.verify().ok()).as("byte %s", at).isFalse();
    }
  }

  @Test
  void entriesThatWereTakenAwayLeaveAGapForEver() throws Exception {
    trail.write(10);
    byte[] bytes = Files.readAllBytes(trail.files.current());
    Files.write(trail.files.current(), Arrays.copyOf(bytes, bytes.length / 2));
    trail.write(5);
    AuditVerdict verdict = trail.verify();
    assertThat(verdict.ok()).isFalse();
    assertThat(verdict.last()).isLessThan(10);
    assertThat(trail.files.full()).hasSize(1);
    assertThat(trail.lines(trail.files.current()).get(0))
        .contains("security:audit.gap")
        .contains("\"seq\":11");
    assertThat(trail.events.sentences).singleElement().asString().contains("ERROR security.audit");
    trail.write(5);
    assertThat(trail.verify().line()).isEqualTo(verdict.line());
  }

  @Test
  void aTrailThatWasDeletedIsMissedAndGoesOn() throws Exception {
    trail.write(10);
    Files.delete(trail.files.current());
    trail.write(1);
    assertThat(trail.verify().ok()).isFalse();
    assertThat(trail.verify().sentence()).contains("Entries 1 to 10 are missing");
  }

  @Test
  void aFirstStartThatNeverReachedTheHeadIsFine() throws Exception {
    trail.writeUnforced(2, false);
    Files.writeString(trail.files.current(), "{\"se", java.nio.file.StandardOpenOption.APPEND);
    assertThat(trail.anchors.head()).isEmpty();
    trail.write(1);
    assertThat(trail.verify().ok()).isTrue();
    assertThat(trail.verify().torn()).isEqualTo(1);
  }

  @Test
  void aFileThatIsNothingButATornLineIsFine() throws Exception {
    trail.files.create();
    Files.writeString(trail.files.current(), "{\"seq\":1,");
    trail.write(2);
    AuditVerdict verdict = trail.verify();
    assertThat(verdict.ok()).as(verdict.sentence()).isTrue();
    assertThat(verdict.last()).isEqualTo(3);
  }
}
