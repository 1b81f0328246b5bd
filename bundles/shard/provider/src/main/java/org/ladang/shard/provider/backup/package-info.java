/**
 * Backups of all shards as they were at one moment, and the way back. Knows files and manifests only; what a shard is and
 * how it is copied is behind {@link org.ladang.shard.provider.backup.BackupSource}.
 */
package org.ladang.shard.provider.backup;
