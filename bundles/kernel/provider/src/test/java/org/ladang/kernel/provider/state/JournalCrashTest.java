package org.ladang.kernel.provider.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.State;
import org.ladang.kernel.provider.disk.FragileDisk;
import org.ladang.kernel.provider.disk.FragileDisk.Loss;
import org.ladang.kernel.provider.disk.PowerCut;

/** Cuts the power at every single operation of a run that writes the journal anew several times. */
class JournalCrashTest {
  private static final Path FOLDER = Path.of("/home/data/state");
  private static final int CHANGES = 30;

  private static State open(FragileDisk disk) {
    return new JournalStates(disk, FOLDER, 3).open("room");
  }

  /** The state after that many changes of the script. */
  private static Map<String, Object> model(int changes) {
    Map<String, Object> model = new TreeMap<>();
    for (int i = 0; i < changes; i++) {
      if (i % 5 == 4) {
        model.remove("key" + (i - 1) % 3);
      } else {
        model.put("key" + i % 3, Map.of("n", i));
      }
    }
    return model;
  }

  private static void change(State state, int i) {
    if (i % 5 == 4) {
      state.remove("key" + (i - 1) % 3);
    } else {
      state.put("key" + i % 3, Map.of("n", i));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasAcknowledgedIsThereAfterACutAtAnyOperation(Loss loss) {
    int cut = 0;
    int acknowledged = 0;
    while (acknowledged < CHANGES) {
      cut++;
      FragileDisk disk = new FragileDisk().cutAt(cut);
      acknowledged = 0;
      try {
        State state = open(disk);
        while (acknowledged < CHANGES) {
          change(state, acknowledged);
          acknowledged++;
        }
      } catch (PowerCut e) {
        FragileDisk left = disk.restart(loss);
        State found = open(left);
        assertThat(List.of(model(acknowledged), model(acknowledged + 1)))
            .as("after a cut at operation %d", cut)
            .contains(found.all());
        found.put("later", "x");
        assertThat(open(left.restart(Loss.LOSES_ALL)).get("later")).contains("x");
      }
    }
    assertThat(cut).isGreaterThan(70);
  }

  @ParameterizedTest
  @EnumSource
  void whatTheDiskRefusedDoesNotComeBackAndWhatItTookDoes(Loss loss) {
    int whole = 0;
    for (int from = 3; whole < CHANGES; from++) {
      for (int length : new int[] {1, 2, 3}) {
        FragileDisk disk = new FragileDisk();
        State state = open(disk);
        disk.refuse(from, from + length);
        Map<String, Object> expected = new TreeMap<>();
        List<Integer> refused = new ArrayList<>();
        whole = 0;
        for (int i = 0; i < CHANGES; i++) {
          try {
            state.put("key" + i % 3, i);
            expected.put("key" + i % 3, i);
            whole++;
          } catch (LadangException e) {
            assertThat(e.code()).isEqualTo("LADANG-STATE-001");
            refused.add(i);
          }
          assertThat(state.all()).isEqualTo(expected);
          boolean acknowledged = refused.isEmpty() || refused.get(refused.size() - 1) != i;
          // A disk that goes on refusing cannot take back what it took by half; the next change
          // does.
          if (acknowledged || length == 1) {
            assertThat(open(disk.restart(loss)).all())
                .as("from %d, put %d", from, i)
                .isEqualTo(expected);
          }
        }
        if (from > 2000) {
          throw new AssertionError("The disk never stops refusing.");
        }
      }
    }
  }
}
