package org.ladang.kernel.provider.passport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ladang.kernel.swap.Passport;

class HeaderParserTest {
  @Test
  void clausesHavePathsAttributesAndDirectives() {
    assertThat(
            HeaderParser.parse(
                "a.b;c.d; version = \"[1,2)\" ;uses:=\"x,y;z\" ;n:Long=7,e;q=\"\\\"\\\\\", f"))
        .containsExactly(
            new Clause(
                List.of("a.b", "c.d"),
                Map.of("version", "[1,2)", "n", "7"),
                Map.of("uses", "x,y;z")),
            new Clause(List.of("e"), Map.of("q", "\"\\"), Map.of()),
            new Clause(List.of("f"), Map.of(), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "a,",
        "a;",
        "a;b=",
        "a;b:=",
        "a;=b",
        "a;b=\"c",
        "a;b=\"c\"d",
        "b=c",
        "a;b=c;d",
        "a;b:c"
      })
  void whatIsNoHeaderIsRefused(String header) {
    assertThatThrownBy(() -> HeaderParser.parse(header))
        .isInstanceOf(HeaderParser.HeaderDamage.class)
        .hasMessageContaining(" at character ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      nullValues = "none",
      value = {
        "(ladang.plugin=a)#a#''",
        "(&(ladang.plugin=a)(version>=1.0)(!(version>=2.0)))#a#[1.0,2.0)",
        "(&(ladang.plugin=a)(version>=1.0))#a#1.0",
        "(&(ladang.plugin=a)(!(version>=2.0)))#a#[0.0.0,2.0)",
        "(&(ladang.plugin=a)(!(version<=1.0))(version<=2.0))#a#(1.0,2.0]",
        "(&(ladang.plugin=a)(version=1.5))#a#[1.5,1.5]",
        "(& (ladang.plugin=a) (version>=1.0) )#a#1.0",
        "(|(ladang.plugin=a)(ladang.plugin=b))#''#''"
      })
  void aNeedIsANameAndARange(String filter, String plugin, String range) {
    assertThat(
            NeedReader.read(
                HeaderParser.parse("ladang.plugin;effective:=active;filter:=\"" + filter + "\"")))
        .containsExactly(new Passport.Need(plugin, filter, range));
  }

  @Test
  void whatIsOptionalIsNoNeed() {
    assertThat(
            NeedReader.read(
                HeaderParser.parse(
                    "ladang.plugin;resolution:=optional;filter:=\"(ladang.plugin=a)\"")))
        .isEmpty();
  }
}
