package org.ladang.shard.provider;

import org.ladang.shard.Table;

/** Where shards note, durably, what must be known when their own files are gone. */
interface ShardBook extends Replication.Witness {
  /** The shard has files now: from now on a missing one is damage. */
  void made(String shard);

  /** Whether acknowledged writes may be missing on the shard's replica. */
  boolean behind(String shard);

  /** The shard knows more of a table than the catalogue does. */
  void ahead(Table table);
}
