package org.ladang.shard.provider;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Table;
import org.ladang.shard.Write;
import org.ladang.shard.WriteOutcome;

/**
 * A batch on its way to the shards: what is good is grouped by shard, each group written in one transaction. A shard that
 * refuses its group takes nothing from the others.
 */
final class BatchRoutes {
  private static final int ROUTES = 5;

  /** Writes to one shard. */
  interface Target {
    List<WriteOutcome> write(
        Shard shard, ShardMap map, Function<Map<String, Table>, List<Change>> changes);
  }

  private final OpenCluster open;
  private final Target target;

  BatchRoutes(OpenCluster open, Target target) {
    this.open = open;
    this.target = target;
  }

  List<WriteOutcome> run(List<Write> writes) {
    Map<String, Table> tables = open.tables();
    Changes changes = Changes.of(writes, tables);
    List<Change> good = changes.good();
    WriteOutcome[] outcomes = new WriteOutcome[good.size()];
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < good.size(); i++) {
      left.add(i);
    }
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      left = attempt(changes, tables, outcomes, left, attempt == ROUTES);
    }
    return changes.outcomes(List.of(outcomes));
  }

  /** Returns the places of those whose route was stale. */
  private List<Integer> attempt(
      Changes changes,
      Map<String, Table> tables,
      WriteOutcome[] outcomes,
      List<Integer> places,
      boolean lastTime) {
    ShardMap map = open.map();
    Map<Shard, List<Integer>> groups = new LinkedHashMap<>();
    for (int place : places) {
      Shard shard = open.home(map, changes.good().get(place).bucket());
      groups.computeIfAbsent(shard, s -> new ArrayList<>()).add(place);
    }
    List<Integer> stale = new ArrayList<>();
    groups.forEach(
        (shard, group) -> {
          try {
            List<WriteOutcome> ends =
                target.write(shard, map, known -> changes.again(group, tables, known));
            for (int i = 0; i < group.size(); i++) {
              outcomes[group.get(i)] = ends.get(i);
            }
          } catch (StaleRoute e) {
            open.reload(map);
            if (lastTime) {
              refuse(changes, group, Refusals.busy(), outcomes);
            } else {
              stale.addAll(group);
            }
          } catch (LadangException e) {
            if (groups.size() == 1 && places.size() == changes.good().size()) {
              throw e;
            }
            refuse(changes, group, e, outcomes);
          }
        });
    return stale;
  }

  private static void refuse(
      Changes changes, List<Integer> group, LadangException why, WriteOutcome[] outcomes) {
    for (int place : group) {
      Change change = changes.good().get(place);
      outcomes[place] =
          new WriteOutcome.Refused(change.owner(), change.id(), why.code(), why.getMessage());
    }
  }
}
