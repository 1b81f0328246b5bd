package org.ladang.kernel.provider.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ShapesTest {
  private static void takes(Type type, Object json, Object value) {
    assertThat(Shapes.of(type).fromJson(json)).isEqualTo(value);
  }

  private static void refuses(Type type, Object... all) {
    Shape shape = Shapes.of(type);
    for (Object json : all) {
      assertThatThrownBy(() -> shape.fromJson(json))
          .as("%s as %s", json, type)
          .isInstanceOf(Mismatch.class)
          .hasMessage("must be " + shape.expected() + ", got " + Words.of(json));
    }
  }

  @Test
  void wholeNumbersOfAnyKindAndCleanTextAreTaken() {
    for (Object seven :
        new Object[] {
          7,
          7L,
          (short) 7,
          (byte) 7,
          7.0,
          7f,
          BigInteger.valueOf(7),
          new BigDecimal("7.00"),
          "7",
          "+7"
        }) {
      takes(int.class, seven, 7);
      takes(Long.class, seven, 7L);
      takes(byte.class, seven, (byte) 7);
      takes(short.class, seven, (short) 7);
    }
    takes(long.class, Long.MIN_VALUE, Long.MIN_VALUE);
    refuses(
        int.class,
        7.5,
        "7.5",
        "seven",
        " 7",
        "",
        "0x7",
        true,
        List.of(7),
        1L << 31,
        1e300,
        Double.NaN,
        new BigDecimal("1e1000000000"),
        BigInteger.TWO.pow(80));
    refuses(long.class, 0x1p63, "9223372036854775808");
    refuses(byte.class, 128, "-129");
  }

  @Test
  void numbersAreTakenInRange() {
    takes(double.class, 7, 7.0);
    takes(double.class, "7.5", 7.5);
    takes(float.class, 1.5, 1.5f);
    takes(BigDecimal.class, "1.10", new BigDecimal("1.10"));
    takes(BigDecimal.class, 1.1, new BigDecimal("1.1"));
    takes(BigDecimal.class, 3L, new BigDecimal("3"));
    refuses(double.class, Double.NaN, Double.POSITIVE_INFINITY, "NaN", "x", true, "1e400");
    refuses(float.class, 1e300);
    refuses(BigDecimal.class, "1e999999999", Double.NaN, "x", true);
  }

  @Test
  void textThatDoorsPassIsTaken() {
    takes(boolean.class, "TRUE", true);
    takes(boolean.class, false, false);
    refuses(boolean.class, "yes", 1, "");
    takes(char.class, "x", 'x');
    refuses(char.class, "", "xy", 7);
    takes(Thread.State.class, "runnable", Thread.State.RUNNABLE);
    refuses(Thread.State.class, "running", 1);
    takes(Instant.class, "2026-01-31T12:00:00Z", Instant.parse("2026-01-31T12:00:00Z"));
    takes(Instant.class, "2026-01-31T13:00:00+01:00", Instant.parse("2026-01-31T12:00:00Z"));
    refuses(Instant.class, "2026-01-31", "now", 7);
    takes(Duration.class, "PT10S", Duration.ofSeconds(10));
    takes(Duration.class, "10s", Duration.ofSeconds(10));
    takes(Duration.class, "500ms", Duration.ofMillis(500));
    takes(Duration.class, "2d", Duration.ofDays(2));
    refuses(Duration.class, "10", "s", "-10s", 10, "999999999999999d");
    refuses(String.class, 7, true, List.of(), Map.of());
  }

  private record Holder(
      List<Integer> list,
      Map<String, Integer> map,
      Optional<Object> any,
      Page<List<Integer>> page) {}

  private record Page<T>(List<T> items) {}

  private record Loop(List<Loop> loops) {}

  private record Wrong(Collection<String> strings) {}

  @Test
  void theWayToAFaultIsSaid() {
    Shape shape = Shapes.of(Holder.class);
    Map<String, Object> sound =
        Map.of("list", List.of(1), "map", Map.of(), "page", Map.of("items", List.of(List.of(1))));
    assertThat(shape.fromJson(sound))
        .isEqualTo(
            new Holder(List.of(1), Map.of(), Optional.empty(), new Page<>(List.of(List.of(1)))));

    assertThat(place(shape, "list", List.of(1, "x"))).isEqualTo("list[1]");
    assertThat(place(shape, "map", Map.of("k", "x"))).isEqualTo("map.k");
    assertThat(place(shape, "page", Map.of("items", List.of(List.of(1), List.of("x")))))
        .isEqualTo("page.items[1][0]");
  }

  private static Object place(Shape shape, String key, Object value) {
    Map<String, Object> json = new java.util.HashMap<>(Map.of("list", List.of(), "map", Map.of()));
    json.put("page", Map.of("items", List.of()));
    json.put(key, value);
    try {
      return shape.fromJson(json);
    } catch (Mismatch mismatch) {
      return mismatch.of("a:b").details().get("argument");
    }
  }

  @Test
  void whatAnActionGetsCannotBeChanged() {
    Holder holder =
        (Holder)
            Shapes.of(Holder.class)
                .fromJson(
                    Map.of(
                        "list", List.of(1), "map", Map.of(), "page", Map.of("items", List.of())));

    assertThatThrownBy(() -> holder.list().add(1))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> holder.map().put("a", 1))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aResultDoesNotChangeWhenItsSourceDoes() {
    List<Integer> source = new ArrayList<>(List.of(1));
    Object json =
        Shapes.of(Holder.class)
            .toJson(new Holder(source, Map.of(), Optional.of(1), new Page<>(List.of())));
    source.add(2);

    assertThat(json)
        .isEqualTo(
            Map.of(
                "list", List.of(1), "map", Map.of(), "any", 1, "page", Map.of("items", List.of())));
  }

  @Test
  void typesThatTheProcessorRefusesAreRefused() {
    for (Type type :
        new Type[] {
          byte[].class,
          Loop.class,
          Wrong.class,
          Thread.class,
          List.class,
          CompletionStage.class,
          Number.class
        }) {
      assertThatThrownBy(() -> Shapes.of(type))
          .as("%s", type)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
