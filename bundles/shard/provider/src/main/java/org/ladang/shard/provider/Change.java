package org.ladang.shard.provider;

import java.util.Optional;
import org.ladang.shard.Expect;
import org.ladang.shard.Table;

/**
 * One write, checked and ready to be stored.
 *
 * @param content what to put; empty to delete
 */
record Change(
    Table table, String owner, String id, int bucket, Expect expect, Optional<Content> content) {}
