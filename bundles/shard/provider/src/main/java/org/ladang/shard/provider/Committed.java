package org.ladang.shard.provider;

import java.util.List;
import org.ladang.shard.WriteOutcome;

/**
 * A write that the primary has committed.
 *
 * @param outcomes how each change ended
 * @param rows what the rows are now that have changed; empty when all changes were refused
 * @param last the number of the last outbox entry; that of before when there is no new one
 */
record Committed(List<WriteOutcome> outcomes, List<RowState> rows, long last) {}
