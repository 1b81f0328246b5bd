package org.ladang.plugin.livestock;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.shard.Expect;
import org.ladang.shard.Row;
import org.ladang.shard.Scan;
import org.ladang.shard.ShardCluster;
import org.ladang.shard.Table;

/** The open boards in the shards, so that they go on after a restart. */
final class BoardTable {
  private static final String NAME = "livestock_boards";

  private final ShardCluster shards;
  private volatile boolean declared;

  BoardTable(ShardCluster shards) {
    this.shards = shards;
  }

  Optional<Board> find(String channel) {
    return shards().get(NAME, channel, channel).map(BoardTable::board);
  }

  Board board(String channel) {
    return find(channel).orElseThrow(() -> Refusals.noBoard(channel));
  }

  Board put(Board board) {
    Map<String, Object> fields =
        Map.of(
            "message", board.message(),
            "page", board.page(),
            "mode", board.mode().name(),
            "since", board.since().toString(),
            "why", board.why());
    shards().put(NAME, board.channel(), board.channel(), fields, Expect.any());
    return board;
  }

  void delete(String channel) {
    shards().delete(NAME, channel, channel, Expect.any());
  }

  /** At most a thousand. */
  List<Board> all() {
    return shards().scan(Scan.of(NAME).limit(Scan.MAX_LIMIT)).rows().stream()
        .map(BoardTable::board)
        .toList();
  }

  private static Board board(Row row) {
    return new Board(
        row.id(),
        row.string("message").orElse(""),
        row.decimal("page").orElse(BigDecimal.ONE).intValue(),
        Board.Mode.valueOf(row.string("mode").orElse(Board.Mode.waiting.name())),
        row.instant("since").orElse(Instant.EPOCH),
        row.string("why").orElse(""));
  }

  private ShardCluster shards() {
    if (!declared) {
      shards.declare(Table.of(NAME));
      declared = true;
    }
    return shards;
  }
}
