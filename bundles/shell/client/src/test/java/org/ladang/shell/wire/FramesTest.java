package org.ladang.shell.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FramesTest {
  @Test
  void whatIsWrittenIsRead() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Frames.write(Channels.newChannel(out), Map.of("text", "grüße 🌾"));
    Frames.write(Channels.newChannel(out), Map.of("exit", 3));

    ReadableByteChannel in = new Dripping(out.toByteArray());
    assertThat(Frames.read(in)).contains(Map.of("text", "grüße 🌾"));
    assertThat(Frames.read(in)).contains(Map.of("exit", 3L));
    assertThat(Frames.read(in)).isEmpty();
  }

  @Test
  void theLengthIsFourBytesBigEndian() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Frames.write(Channels.newChannel(out), Map.of("a", 1));
    assertThat(out.toByteArray()).isEqualTo(bytes(7, "{\"a\":1}"));
  }

  @Test
  void aFrameThatIsTooLongIsRefusedBeforeItIsRead() {
    ReadableByteChannel in = channel(bytes(Frames.LIMIT + 1, ""));
    assertThatThrownBy(() -> Frames.read(in)).hasMessageContaining("at most 1048576");
    assertThatThrownBy(() -> Frames.read(channel(bytes(-1, ""))))
        .hasMessageContaining("4294967295");
  }

  @Test
  void aFrameThatIsTooLongIsNotWrittenInPart() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Map<String, Object> large = Map.of("text", "x".repeat(Frames.LIMIT));
    assertThatThrownBy(() -> Frames.write(Channels.newChannel(out), large))
        .isInstanceOf(IOException.class);
    assertThat(out.size()).isZero();
  }

  @Test
  void aStreamThatEndsInsideOfAFrameIsAnError() {
    assertThatThrownBy(() -> Frames.read(channel(bytes(7, "{\"a\""))))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> Frames.read(channel(new byte[] {0, 0})))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> Frames.read(channel(bytes(7, "")))).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsNoObjectIsAnError() {
    assertThatThrownBy(() -> Frames.read(channel(bytes(3, "[1]"))))
        .hasMessageContaining("without a JSON object");
    assertThatThrownBy(() -> Frames.read(channel(bytes(0, ""))))
        .hasMessageContaining("without a JSON object");
  }

  private static byte[] bytes(int length, String body) {
    byte[] text = body.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(4 + text.length).putInt(length).put(text).array();
  }

  private static ReadableByteChannel channel(byte[] bytes) {
    return Channels.newChannel(new ByteArrayInputStream(bytes));
  }

  /** Gives one byte at a time, as a slow peer does. */
  private static final class Dripping implements ReadableByteChannel {
    private final ByteBuffer bytes;

    Dripping(byte[] bytes) {
      this.bytes = ByteBuffer.wrap(bytes);
    }

    @Override
    public int read(ByteBuffer target) {
      if (!bytes.hasRemaining()) {
        return -1;
      }
      target.put(bytes.get());
      return 1;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
