package org.ladang.console.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.LadangException;

class HttpPortFileTest {
  @TempDir Path run;

  @Test
  void thePortThatIsReallyBoundIsWrittenAndTakenAway() throws Exception {
    Path file = run.resolve("http.port");
    HttpPortFile port = new HttpPortFile(file);
    port.serving(List.of());
    assertThat(file).doesNotExist();
    port.serving(List.of("http://127.0.0.1:40123/"));
    assertThat(Files.readString(file)).isEqualTo("40123\n");
    port.serving(List.of("http://127.0.0.1:40124/"));
    assertThat(Files.readString(file)).isEqualTo("40124\n");
    port.remove();
    assertThat(run).isEmptyDirectory();
  }

  @Test
  void plainHttpComesBeforeTlsAndNoPortIsNone() {
    assertThat(HttpPortFile.port(List.of("https://h:8443/", "http://h:8080/"))).hasValue(8080);
    assertThat(HttpPortFile.port(List.of("https://h:8443/"))).hasValue(8443);
    assertThat(HttpPortFile.port(List.of("/", "http://h/"))).isEmpty();
  }

  @Test
  void endpointsAreReadAsOneOrSeveral() {
    assertThat(HttpPortFile.endpoints(Map.of("osgi.http.endpoint", new String[] {"a", "b"})))
        .containsExactly("a", "b");
    assertThat(HttpPortFile.endpoints(Map.of("osgi.http.endpoint", "a"))).containsExactly("a");
    assertThat(HttpPortFile.endpoints(Map.of())).isEmpty();
  }

  @Test
  void aFolderThatCannotBeWrittenIsASentence() {
    assertThatThrownBy(
            () ->
                new HttpPortFile(run.resolve("missing/http.port"))
                    .serving(List.of("http://h:8080/")))
        .isInstanceOf(LadangException.class)
        .hasMessageContaining("cannot be written");
  }
}
