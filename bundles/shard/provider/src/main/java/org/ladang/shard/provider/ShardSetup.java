package org.ladang.shard.provider;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;

/**
 * What all shards of a cluster share.
 *
 * @param cluster the cluster's name, part of each shard's identity
 * @param map the present map
 * @param declared the present declarations
 * @param book where it is noted what was made and what is behind
 * @param engines what opens the files of the shards
 * @param choice which copy is read
 */
record ShardSetup(
    String cluster,
    ClusterSettings settings,
    int shards,
    Supplier<ShardMap> map,
    Supplier<Declared> declared,
    ShardBook book,
    EngineSource engines,
    CopyChoice choice,
    LongSupplier fresh,
    Steps steps,
    Clock clock,
    Events events) {}
