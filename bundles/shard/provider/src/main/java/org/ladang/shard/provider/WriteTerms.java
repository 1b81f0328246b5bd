package org.ladang.shard.provider;

/**
 * What a write on a primary goes by.
 *
 * @param map where buckets are at home, as the writer believes
 * @param last the number of the last outbox entry so far
 * @param outbox whether the write leaves entries in the outbox
 * @param trim entries up to this number are on the replica and can go; 0 for none
 * @param at the time, in milliseconds
 */
record WriteTerms(ShardMap map, long last, boolean outbox, long trim, long at) {}
