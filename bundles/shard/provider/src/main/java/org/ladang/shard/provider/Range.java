package org.ladang.shard.provider;

import java.util.Map;
import java.util.Optional;
import org.ladang.shard.Field;

/**
 * Which rows an engine is to read, in the order of owner and id.
 *
 * @param where the column values that rows must have
 * @param after only rows behind this key
 * @param limit at most so many
 */
record Range(Optional<String> owner, Map<Field, Object> where, Optional<Cursor> after, int limit) {}
