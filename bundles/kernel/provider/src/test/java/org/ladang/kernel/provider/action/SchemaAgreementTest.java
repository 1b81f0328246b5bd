package org.ladang.kernel.provider.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ladang.kernel.provider.action.Samples.CONTEXT;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ladang.kernel.LadangException;

/** The schema that the processor writes at compile time and the conversion at run time say the same. */
class SchemaAgreementTest {
  private static Object call(String action, Object arguments) throws Throwable {
    Map<String, Object> args = new LinkedHashMap<>();
    ((Map<?, ?>) arguments).forEach((key, value) -> args.put(key.toString(), value));
    Object answer = Samples.bind(action).invoke(CONTEXT, args);
    return answer instanceof CompletionStage<?> stage ? stage.toCompletableFuture().join() : answer;
  }

  @ParameterizedTest
  @ValueSource(strings = {"everything", "keep_bot", "create_bot"})
  void whatTheSchemaAllowsIsTakenAndTheAnswerIsWhatTheSchemaSays(String action) throws Throwable {
    Map<String, Object> schema = Samples.entry(action).info().arguments();
    for (boolean full : new boolean[] {true, false}) {
      Object answer = call(action, Example.of(schema, full));
      assertThat(Example.faults(Samples.entry(action).info().result(), answer, "")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"everything", "keep_bot", "create_bot"})
  void whatTheSchemaForbidsIsRefused(String action) {
    Map<String, Object> schema = Samples.entry(action).info().arguments();
    List<Object> wrong = new ArrayList<>();
    Example.spoil(schema, Example.of(schema, true), wrong::add);
    wrong.removeIf(arguments -> !(arguments instanceof Map));
    assertThat(wrong).hasSizeGreaterThan(10);
    for (Object arguments : wrong) {
      assertThat(Example.faults(schema, arguments, "")).as("%s", arguments).isNotEmpty();
      String code;
      try {
        call(action, arguments);
        code = "taken";
      } catch (LadangException e) {
        code = e.code();
      } catch (Throwable e) {
        code = e.toString();
      }
      assertThat(code).as("%s", arguments).isEqualTo("LADANG-GATE-002");
    }
  }
}
