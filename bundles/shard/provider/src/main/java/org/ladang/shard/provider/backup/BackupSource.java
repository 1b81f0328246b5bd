package org.ladang.shard.provider.backup;

/** The cluster, as far as a backup and a restore need it. */
public interface BackupSource {
  /**
   * Holds every writer off for the moment in which all shards are looked at, and lets them go on. What is seen from then
   * on is what was there at that moment.
   */
  Frozen freeze();

  /** Where the files lie. */
  Places places();

  /**
   * Closes all files, lets them be exchanged, opens them again, and has them checked; whoever asks for data meanwhile
   * waits. When the check fails, the exchange is taken back and the reason thrown.
   */
  void exchange(Exchange exchange);
}
