package org.ladang.security.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trail is bounded, and its chain goes through all files. */
class AuditRotationTest {
  @TempDir Path folder;
  private AuditFolder trail;

  @BeforeEach
  void open() {
    trail = new AuditFolder(folder.resolve("security"), 3_000, 3);
  }

  @Test
  void theOldestFilesAreDroppedAndTheRestStillVerifies() throws Exception {
    for (int i = 0; i < 30; i++) {
      trail.write(5);
      AuditVerdict verdict = trail.verify();
      assertThat(verdict.ok()).as(verdict.sentence()).isTrue();
      assertThat(trail.files.full().size()).isLessThanOrEqualTo(3);
    }
    assertThat(trail.verify().first()).isGreaterThan(100);
    assertThat(trail.anchors.base().link().seq()).isEqualTo(trail.verify().first() - 1);
    assertThat(String.join("", allLines())).contains("security:audit.dropped");
  }

  @Test
  void aDroppedFileThatAppearsAgainIsIgnored() throws Exception {
    trail.write(20);
    Map<Path, byte[]> before = trail.content();
    Path oldest = trail.files.full().get(0);
    trail.write(30);
    assertThat(oldest).doesNotExist();
    // As after a crash between moving the base and deleting the file.
    Files.write(oldest, before.get(oldest));
    assertThat(trail.verify().ok()).isTrue();
    trail.write(20);
    assertThat(trail.verify().ok()).isTrue();
    assertThat(oldest).doesNotExist();
  }

  @Test
  void theOldestKeptFileCannotBeTakenAwayUnseen() throws Exception {
    trail.write(60);
    Files.delete(trail.files.full().get(0));
    assertThat(trail.verify().ok()).isFalse();
    assertThat(trail.verify().sentence()).contains("are missing");
  }

  @Test
  void aCrashBetweenRetiringAFileAndBeginningTheNextLosesNothing() throws Exception {
    trail.write(4);
    trail.files.retire();
    trail.write(4);
    AuditVerdict verdict = trail.verify();
    assertThat(verdict.ok()).as(verdict.sentence()).isTrue();
    assertThat(verdict.last()).isEqualTo(8);
  }

  @Test
  void aCrashBeforeTheFirstLineOfANewFileLosesNothing() throws Exception {
    trail.write(4);
    trail.files.retire();
    Files.createFile(trail.files.current());
    trail.write(4);
    assertThat(trail.verify().ok()).isTrue();
    assertThat(trail.verify().last()).isEqualTo(8);
  }

  @Test
  void aFileThatGrowsWhileItIsVerifiedIsVerifiedAsItWas() throws Exception {
    trail.write(4);
    try (AuditSnapshot snapshot = AuditSnapshot.take(trail.files, trail.anchors)) {
      trail.write(200);
      AuditVerdict verdict =
          new AuditVerifier(snapshot.base().link(), snapshot.head()).verify(snapshot.parts());
      assertThat(verdict.ok()).as(verdict.sentence()).isTrue();
      assertThat(verdict.last()).isEqualTo(4);
    }
  }

  @Test
  void theNewestEntriesAreReadThroughAllFilesNewestFirst() throws Exception {
    trail.write(20);
    try (AuditSnapshot snapshot = AuditSnapshot.take(trail.files, trail.anchors)) {
      List<AuditLine> newest = AuditReader.newest(snapshot, 15);
      assertThat(newest).hasSize(15);
      long expected = trail.anchors.head().orElseThrow().seq();
      for (AuditLine line : newest) {
        assertThat(line.link().seq()).isEqualTo(expected--);
      }
      assertThat(newest.get(0).entry().subject()).isEqualTo("bo \"q\" é\n");
      assertThat(AuditReader.newest(snapshot, 10_000))
          .hasSize((int) (trail.verify().last() - trail.verify().first() + 1));
    }
  }

  private List<String> allLines() throws Exception {
    List<String> all = new java.util.ArrayList<>();
    for (Path file : trail.files.all()) {
      all.addAll(trail.lines(file));
    }
    return all;
  }
}
