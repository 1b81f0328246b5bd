package org.ladang.balancer.provider;

import java.util.Arrays;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancer;
import org.ladang.balancer.Candidate;
import org.ladang.balancer.Candidates;
import org.osgi.service.component.annotations.Component;

/**
 * Consistent hashing with bounded loads (Mirrokni, Thorup, Zadimoghaddam, "Consistent Hashing with Bounded Loads", SODA
 * 2018; arXiv:1608.01350): calls with the same key go to the same endpoint, as long as it has no more than 1.25 times its
 * fair part of the calls under way; then to the next one on the ring that has room.
 *
 * <p>The ring (Karger et al., STOC 1997) has {@value #POINTS} points for each endpoint of the weight 1; half as many, a
 * quarter and so on where it would have more than {@value #MOST_POINTS} in all. The table holds: how many bits of a
 * position name its slot; where the points end; for each slot its first point; then position and owner of each point. So
 * a key's home is found in one step, and a few within its slot.
 */
@Component(
    property = {
      Balancer.NAME + "=" + ConsistentHash.NAMED,
      Balancer.TITLE
          + "=Calls with the same key to the same endpoint, none above 1.25 times its fair part."
    })
public final class ConsistentHash implements Balancer {
  static final String NAMED = "consistent-hash";
  static final double BOUND = 1.25;
  static final int POINTS = 512;

  static final int MOST_POINTS = 1 << 18;

  private static final int HEAD = 2;
  private static final long STEP = 0x9e3779b97f4a7c15L;

  /** Of a point's place on the ring: never negative as an int. */
  private static final int POSITION_BITS = 31;

  private static final int LEAST_SLOT_BITS = 4;

  @Override
  public int[] prepare(Candidates candidates) {
    long[] points = points(candidates);
    int bits =
        Math.max(LEAST_SLOT_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(points.length - 1));
    int slots = 1 << bits;
    int first = HEAD + slots;
    int[] table = new int[first + 2 * points.length];
    table[0] = bits;
    table[1] = table.length;
    int next = 0;
    for (int slot = 0; slot < slots; slot++) {
      long begin = (long) slot << (POSITION_BITS - bits);
      while (next < points.length && points[next] >>> Integer.SIZE < begin) {
        next++;
      }
      table[HEAD + slot] = first + 2 * next;
    }
    for (int i = 0; i < points.length; i++) {
      table[first + 2 * i] = (int) (points[i] >>> Integer.SIZE);
      table[first + 2 * i + 1] = (int) points[i];
    }
    return table;
  }

  /** The ring: a place in the upper half, and whose it is in the lower. */
  private static long[] points(Candidates candidates) {
    int size = candidates.size();
    double weights = 0;
    for (int i = 0; i < size; i++) {
      weights += full(candidates.get(i));
    }
    double perWeight = POINTS;
    while (perWeight * weights > MOST_POINTS) {
      perWeight /= 2;
    }
    int[] counts = new int[size];
    int sum = 0;
    for (int i = 0; i < size; i++) {
      counts[i] = (int) Math.max(1, Math.round(perWeight * full(candidates.get(i))));
      sum += counts[i];
    }
    long[] points = new long[sum];
    int at = 0;
    for (int i = 0; i < size; i++) {
      long seed = Ask.key(candidates.get(i).endpoint().id());
      for (int point = 0; point < counts[i]; point++) {
        long position = Ask.mixed(seed + point * STEP) >>> (Long.SIZE - POSITION_BITS);
        points[at] = position << Integer.SIZE | i;
        at++;
      }
    }
    Arrays.sort(points);
    return points;
  }

  @Override
  public int pick(Candidates candidates, Ask ask) {
    int[] table = candidates.table();
    int position = (int) (Ask.mixed(ask.key()) >>> (Long.SIZE - POSITION_BITS));
    int end = table[1];
    int first = HEAD + (1 << table[0]);
    int point = table[HEAD + (position >>> (POSITION_BITS - table[0]))];
    while (point < end && table[point] < position) {
      point += 2;
    }
    double part = BOUND * (candidates.inFlight() + 1) / candidates.weights();
    int home = -1;
    int before = -1;
    for (int walked = first; walked < end; walked += 2) {
      if (point >= end) {
        point = first;
      }
      int index = table[point + 1];
      point += 2;
      home = home < 0 ? index : home;
      if (index != before) {
        before = index;
        Candidate candidate = candidates.get(index);
        if (candidate.inFlight() < Math.ceil(part * candidate.weight())) {
          return index;
        }
      }
    }
    // Only while counts change under our eyes: together the bounds are above what there is.
    return home;
  }

  /** Warming makes the bound smaller, not the ring: keys would move at each step. */
  private static double full(Candidate candidate) {
    return candidate.endpoint().weight();
  }
}
