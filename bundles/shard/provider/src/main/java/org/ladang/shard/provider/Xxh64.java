package org.ladang.shard.provider;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64, the 64-bit hash of the xxHash family, after its specification ("xxHash fast digest algorithm", version 0.1.1,
 * Yann Collet). Chosen because every language has it: a client elsewhere can compute a bucket.
 */
final class Xxh64 {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;

  private Xxh64() {}

  static long hash(byte[] input, long seed) {
    int at = 0;
    long acc;
    if (input.length >= 32) {
      long a1 = seed + P1 + P2;
      long a2 = seed + P2;
      long a3 = seed;
      long a4 = seed - P1;
      for (; at <= input.length - 32; at += 32) {
        a1 = round(a1, (long) LONG.get(input, at));
        a2 = round(a2, (long) LONG.get(input, at + 8));
        a3 = round(a3, (long) LONG.get(input, at + 16));
        a4 = round(a4, (long) LONG.get(input, at + 24));
      }
      acc =
          Long.rotateLeft(a1, 1)
              + Long.rotateLeft(a2, 7)
              + Long.rotateLeft(a3, 12)
              + Long.rotateLeft(a4, 18);
      acc = merge(acc, a1);
      acc = merge(acc, a2);
      acc = merge(acc, a3);
      acc = merge(acc, a4);
    } else {
      acc = seed + P5;
    }
    return avalanche(rest(acc + input.length, input, at));
  }

  private static long rest(long start, byte[] input, int from) {
    long acc = start;
    int at = from;
    for (; at <= input.length - 8; at += 8) {
      acc = Long.rotateLeft(acc ^ round(0, (long) LONG.get(input, at)), 27) * P1 + P4;
    }
    if (at <= input.length - 4) {
      long lane = (int) INT.get(input, at) & 0xFFFFFFFFL;
      acc = Long.rotateLeft(acc ^ (lane * P1), 23) * P2 + P3;
      at += 4;
    }
    for (; at < input.length; at++) {
      acc = Long.rotateLeft(acc ^ ((input[at] & 0xFF) * P5), 11) * P1;
    }
    return acc;
  }

  private static long round(long acc, long lane) {
    return Long.rotateLeft(acc + lane * P2, 31) * P1;
  }

  private static long merge(long acc, long other) {
    return (acc ^ round(0, other)) * P1 + P4;
  }

  private static long avalanche(long value) {
    long acc = value;
    acc = (acc ^ (acc >>> 33)) * P2;
    acc = (acc ^ (acc >>> 29)) * P3;
    return acc ^ (acc >>> 32);
  }
}
