package org.ladang.discovery.provider;

/**
 * An endpoint's place in a group: made once, so that a pick allocates nothing.
 *
 * @param service what is called, for a local one; else null
 */
record Seat(Entry entry, Group group, String id, Object service) {}
