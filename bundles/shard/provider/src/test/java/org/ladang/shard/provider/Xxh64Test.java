package org.ladang.shard.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Xxh64Test {
  private static final long PRIME32 = 2_654_435_761L;
  private static final long PRIME64 = 0x9E3779B185EBCA8DL;

  /** The vectors that the xxHash project publishes with its own sanity check, over the buffer that it defines there. */
  @ParameterizedTest
  @CsvSource({
    "0, EF46DB3751D8E999, AC75FDA2929B17EF",
    "1, E934A84ADB052768, 5014607643A9B4C3",
    "4, 9136A0DCA57457EE, CAAB286BD8E9FDB5",
    "8, CDBCF538E71D1348, FE0C047A5353CDAC",
    "14, 8282DCC4994E35C8, C3BD6BF63DEB6DF0",
    "32, 18B216492BB44B70, B3F33BDF93ADE409",
    "33, 55C8DC3E578F5B59, E92C292F64BC3071",
    "222, B641AE8CB691C174, 20CB8AB7AE10C14A"
  })
  void thePublishedVectorsAreMet(int length, String seedZero, String seedPrime) {
    byte[] buffer = buffer(length);

    assertThat(Xxh64.hash(buffer, 0)).isEqualTo(Long.parseUnsignedLong(seedZero, 16));
    assertThat(Xxh64.hash(buffer, PRIME32)).isEqualTo(Long.parseUnsignedLong(seedPrime, 16));
  }

  @Test
  void aTextHashesAsItsUtf8Bytes() {
    assertThat(Xxh64.hash("abc".getBytes(StandardCharsets.UTF_8), 0))
        .isEqualTo(0x44BC2CF5AD770999L);
  }

  @Test
  void bucketsNeverChange() {
    assertThat(Buckets.of("abc")).isEqualTo(0x0999);
    assertThat(Buckets.of("bot-42")).isEqualTo(expected("bot-42"));
    assertThat(Buckets.of("Ministère")).isEqualTo(expected("Ministère"));
  }

  @Test
  void ownersSpreadOverTheBuckets() {
    Set<Integer> buckets = new HashSet<>();
    for (int i = 0; i < 16_384; i++) {
      buckets.add(Buckets.of("owner-" + i));
    }
    // A perfect hash would fill 1 - 1/e of them: 10,357.
    assertThat(buckets).hasSizeBetween(10_150, 10_560).allMatch(b -> b >= 0 && b < 16_384);
  }

  private static int expected(String owner) {
    return (int) (Xxh64.hash(owner.getBytes(StandardCharsets.UTF_8), 0) & 0x3FFF);
  }

  private static byte[] buffer(int length) {
    byte[] buffer = new byte[length];
    long generator = PRIME32;
    for (int i = 0; i < length; i++) {
      buffer[i] = (byte) (generator >>> 56);
      generator *= PRIME64;
    }
    return buffer;
  }
}
