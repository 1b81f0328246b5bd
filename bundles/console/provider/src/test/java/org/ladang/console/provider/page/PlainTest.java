package org.ladang.console.provider.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The component itest.billing.Greeter of itest.billing 2.1.0 could not be activated:"
            + " java.lang.IllegalStateException: the pump is dry at itest.billing.Greeter.<init>(Greeter.java:9)."
            + "|One of its components could not be activated: the pump is dry.",
        "The component a.B of a 1.0.0 could not be activated: java.lang.NullPointerException at a.B.<init>(B.java:3)."
            + "|One of its components could not be activated: null pointer exception.",
        "vine failed 5 times within 2 s, the last time so: mildew. `plugin:release vine` tries again."
            + "|vine failed 5 times within 2 s, the last time so: mildew. plugin:release vine tries again.",
        "Nobody exports the package com.nowhere.seeds 3.0.0."
            + "|Nobody exports the package com.nowhere.seeds 3.0.0.",
        "It waits for service org.example.pump.Pump$Handle, which no installed bundle offers."
            + "|It waits for service Pump.Handle, which no installed bundle offers.",
        "org.ladang.health/timeoutMillis is no number.|org.ladang.health/timeoutMillis is no number.",
        "It took 2.5 s. Then 192.168.0.1 answered.|It took 2.5 s. Then 192.168.0.1 answered."
      })
  void theCauseStaysAndWhatIsOnlyForProgrammersGoes(String sentence, String plain) {
    assertThat(Plain.words(sentence)).isEqualTo(plain);
  }
}
