package org.ladang.plugin.bots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ImportTest extends RegistryTest {
  @Test
  void theSampleIsImportedOnceHoweverOftenItIsImported() {
    ImportResult first = bots.importBots(Optional.empty(), call());
    ImportResult second = bots.importBots(Optional.empty(), call());

    assertThat(first.imported()).isEqualTo(6_993);
    assertThat(first.created()).isEqualTo(6_993);
    assertThat(first.skipped()).isZero();
    assertThat(first.perCategory().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(6_993);
    assertThat(second.unchanged()).isEqualTo(6_993);
    assertThat(second.created()).isZero();
    assertThat(second.updated()).isZero();
    var stats = bots.getRegistryStats();
    assertThat(stats.count()).isEqualTo(6_993);
    assertThat(stats.perCategory()).isEqualTo(first.perCategory());
    assertThat(bots.getBotStatus("bot-42").name()).isNotBlank();
    assertThat(events.recent("bots.import", 100).size()).isGreaterThan(1);
    assertThat(events.recent("bots.imported", 100)).hasSize(2);
  }

  @Test
  void anImportThatRanOutOfTimeGoesOnWithWhatIsMissing() {
    refused("LADANG-BOTS-007", () -> bots.importBots(Optional.empty(), call(Duration.ZERO)));
    assertThat(bots.getRegistryStats().count()).isEqualTo(BotImport.BATCH);

    ImportResult rest = bots.importBots(Optional.empty(), call());

    assertThat(rest.unchanged()).isEqualTo(BotImport.BATCH);
    assertThat(rest.created()).isEqualTo(6_993 - BotImport.BATCH);
    assertThat(bots.getRegistryStats().count()).isEqualTo(6_993);
  }

  @Test
  void badLinesAreReportedWithTheirNumbersAndSkipped() throws IOException {
    write(
        "list.csv",
        "ID,Name,Category,Status,Added,User Agent\r\n"
            + "a,\"A, \"\"quoted\"\"\",security,idle,2026-01-31,x\r\n"
            + ",nameless,,,,\r\n"
            + "b,B,gardening,,,\r\n"
            + "\r\n"
            + "c,too,few\r\n"
            + "d,\"never closed,,,,\r\n"
            + "e,E,,asleep,,\r\n"
            + "f,F,,,31.01.2026,\r\n"
            + "g,\"two\nlines\",AI_ML,,,5\" disk\r\n");

    ImportResult result = bots.importBots(Optional.of("list.csv"), call());

    assertThat(result.problems().stream().map(ImportResult.Problem::line))
        .containsExactly(3L, 4L, 6L, 7L, 8L, 9L);
    assertThat(result.problems().get(1).reason()).contains("category").contains("ai_ml");
    assertThat(result.skipped()).isEqualTo(6);
    assertThat(result.imported()).isEqualTo(2);
    assertThat(bots.getBotStatus("a").name()).isEqualTo("A, \"quoted\"");
    assertThat(bots.getBotStatus("a").added()).isEqualTo("2026-01-31T00:00:00Z");
    assertThat(bots.getBotStatus("g").name()).isEqualTo("two\nlines");
    assertThat(bots.getBotStatus("g").userAgent()).isEqualTo("5\" disk");
  }

  @Test
  void jsonLinesAreImportedToo() throws IOException {
    write(
        "list.jsonl",
        "{\"id\":\"a\",\"userAgent\":\"x\",\"category\":\"ai_ml\"}\n"
            + "not json\n"
            + "{\"id\":\"b\",\"name\":[1]}\n"
            + "{\"id\":7,\"name\":null}\n");

    ImportResult result = bots.importBots(Optional.of("list.jsonl"), call());

    assertThat(result.imported()).isEqualTo(2);
    assertThat(result.problems().stream().map(ImportResult.Problem::line)).containsExactly(2L, 3L);
    assertThat(bots.getBotStatus("a").userAgent()).isEqualTo("x");
    assertThat(bots.getBotStatus("7").name()).isEqualTo("7");
  }

  @Test
  void aCompressedFileIsReadAsWhatItHolds() throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(root.resolve("list.csv.gz")))) {
      out.write("id\na\nb\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(bots.importBots(Optional.of("list.csv.gz"), call()).imported()).isEqualTo(2);
  }

  @Test
  void anImportKeepsWhatTheBotSaidOfItselfAndTakesTheRestFromTheFile() throws IOException {
    write("list.csv", "id,name,status\nx,Old,active\ny,Old,active\n");
    bots.importBots(Optional.of("list.csv"), call());
    bots.registerBot("x", Optional.of(Status.offline));
    write("list.csv", "id,name,status\nx,New,active\ny,New,idle\n");

    ImportResult result = bots.importBots(Optional.of("list.csv"), call());

    assertThat(result.updated()).isEqualTo(2);
    assertThat(bots.getBotStatus("x").name()).isEqualTo("New");
    assertThat(bots.getBotStatus("x").status()).isEqualTo(Status.offline);
    assertThat(bots.getBotStatus("y").status()).isEqualTo(Status.idle);
  }

  @Test
  void ofTwoLinesWithOneIdTheLaterCounts() throws IOException {
    write("list.csv", "id,name\nx,One\nx,Two\n");

    bots.importBots(Optional.of("list.csv"), call());

    assertThat(bots.getBotStatus("x").name()).isEqualTo("Two");
    assertThat(bots.getRegistryStats().count()).isEqualTo(1);
  }

  @Test
  void aFileThatIsNoneIsASentence() throws IOException {
    refused("LADANG-BOTS-004", () -> bots.importBots(Optional.of("nothing.csv"), call()));
    refused("LADANG-BOTS-004", () -> bots.importBots(Optional.of("."), call()));
    refused("LADANG-BOTS-004", () -> bots.importBots(Optional.of("\u0000.csv"), call()));
    write("list.txt", "id\na\n");
    refused("LADANG-BOTS-003", () -> bots.importBots(Optional.of("list.txt"), call()));
    write("empty.csv", "");
    refused("LADANG-BOTS-003", () -> bots.importBots(Optional.of("empty.csv"), call()));
    write("other.csv", "a;b;c\n1;2;3\n");
    refused("LADANG-BOTS-003", () -> bots.importBots(Optional.of("other.csv"), call()));
    write("torn.csv.gz", "id\na\n");
    refused("LADANG-BOTS-006", () -> bots.importBots(Optional.of("torn.csv.gz"), call()));
  }

  @Test
  void problemsAreBounded() throws IOException {
    StringBuilder lines = new StringBuilder("id\n");
    for (int i = 0; i < 500; i++) {
      lines.append("a bad id\n");
    }
    lines.append("x".repeat(200_000)).append("\ngood\n");
    write("list.csv", lines.toString());

    ImportResult result = bots.importBots(Optional.of("list.csv"), call());

    assertThat(result.skipped()).isEqualTo(501);
    assertThat(result.problems()).hasSize(100);
    assertThat(result.imported()).isEqualTo(1);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(root.resolve(name), text);
  }
}
