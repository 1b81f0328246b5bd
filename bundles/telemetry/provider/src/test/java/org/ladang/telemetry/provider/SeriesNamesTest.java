package org.ladang.telemetry.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesNamesTest {
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void three() throws IOException {
    path = folder.resolve("names");
    SeriesNames names = new SeriesNames(path, 4);
    names.column("a");
    names.column("b");
    names.column("c");
  }

  @Test
  void aSeriesKeepsItsColumnOverARestart() throws IOException {
    SeriesNames again = new SeriesNames(path, 4);
    assertThat(again.column("b")).hasValue(1);
    assertThat(again.column("d")).hasValue(3);
  }

  @Test
  void aTornLastLineIsCutOffAndItsColumnGivenAgain() throws IOException {
    Files.writeString(path, "0123abcd half", StandardOpenOption.APPEND);
    SeriesNames again = new SeriesNames(path, 4);
    assertThat(again.all()).containsOnlyKeys("a", "b", "c");
    assertThat(again.column("d")).hasValue(3);
    assertThat(new SeriesNames(path, 4).column("d")).hasValue(3);
  }

  @Test
  void aDamagedLineKeepsItsColumnSoThatTheOthersKeepTheirs() throws IOException {
    Files.writeString(path, Files.readString(path).replace(" b\n", " x\n"));
    SeriesNames again = new SeriesNames(path, 4);
    assertThat(again.find("x")).isEmpty();
    assertThat(again.find("c")).hasValue(2);
    assertThat(again.column("b")).hasValue(3);
  }

  @Test
  void beyondTheMostThereIsNoColumn() throws IOException {
    SeriesNames names = new SeriesNames(path, 3);
    assertThat(names.column("d")).isEmpty();
    assertThat(names.column("a")).hasValue(0);
  }
}
