package org.ladang.balancer.provider;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancer;
import org.ladang.balancer.Candidate;
import org.ladang.balancer.Candidates;
import org.osgi.service.component.annotations.Component;

/**
 * The nearest zone, and within it the {@linkplain LeastConnections least connections}. Zones are written from the large
 * to the small ({@code id/jakarta/rack-7}); two are the nearer, the more of the path they share, as in the topology of
 * Hadoop's file system.
 *
 * <p>A zone takes as many calls as its endpoints are well: all while at least five in seven are, and a part of them
 * below that; the rest spills over to the next nearest. The figure is the overprovisioning factor 1.4 of Envoy's
 * locality and priority load.
 *
 * <p>The table holds, for each zone: where its endpoints begin, where they end, how many of a thousand calls it takes,
 * and its first endpoint among all, which knows the zone's name; then the endpoints, zone by zone.
 */
@Component(
    property = {
      Balancer.NAME + "=" + Geographic.NAMED,
      Balancer.TITLE + "=The nearest zone; spills over to the next when the near one is not well."
    })
public final class Geographic implements Balancer {
  static final String NAMED = "geographic";

  private static final double OVERPROVISIONING = 1.4;
  private static final int THOUSAND = 1000;
  private static final int HEAD = 4;

  /** Beyond so many zones the farther ones are not told apart. */
  private static final int MOST_ZONES = 63;

  @Override
  public int[] prepare(Candidates candidates) {
    Map<String, double[]> all = new LinkedHashMap<>();
    for (int i = 0; i < candidates.known(); i++) {
      Candidate candidate = candidates.known(i);
      all.computeIfAbsent(candidate.endpoint().zone(), zone -> new double[1])[0] +=
          candidate.endpoint().weight();
    }
    Map<String, List<Integer>> zones = new LinkedHashMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      String zone = candidates.get(i).endpoint().zone();
      String place = zones.size() < MOST_ZONES || zones.containsKey(zone) ? zone : "";
      zones.computeIfAbsent(place, name -> new ArrayList<>()).add(i);
    }
    int[] table = new int[1 + zones.size() * HEAD + candidates.size()];
    table[0] = zones.size();
    int head = 1;
    int place = 1 + zones.size() * HEAD;
    for (Map.Entry<String, List<Integer>> zone : zones.entrySet()) {
      double well = 0;
      table[head] = place;
      for (int index : zone.getValue()) {
        well += candidates.get(index).weight();
        table[place] = index;
        place++;
      }
      table[head + 1] = place;
      double whole = all.getOrDefault(zone.getKey(), new double[] {well})[0];
      table[head + 2] = (int) Math.min(THOUSAND, THOUSAND * OVERPROVISIONING * well / whole);
      table[head + 3] = zone.getValue().get(0);
      head += HEAD;
    }
    return table;
  }

  @Override
  public int pick(Candidates candidates, Ask ask) {
    int[] table = candidates.table();
    int zones = table[0];
    int dice = zones == 1 ? 0 : candidates.random(THOUSAND);
    long passed = 0;
    int nearest = -1;
    for (int round = 0; round < zones; round++) {
      int next = nearest(candidates, ask.zone(), passed);
      nearest = nearest < 0 ? next : nearest;
      passed |= 1L << next;
      dice -= table[1 + next * HEAD + 2];
      if (dice < 0) {
        return within(candidates, next);
      }
    }
    // All together are not well enough for all calls: the nearest it is.
    return within(candidates, nearest);
  }

  /** The nearest zone that was not passed; of those alike any. */
  private static int nearest(Candidates candidates, String from, long passed) {
    int[] table = candidates.table();
    int best = -1;
    int bestShared = -1;
    int alike = 1;
    for (int zone = 0; zone < table[0]; zone++) {
      if ((passed >>> zone & 1) == 0) {
        String there = candidates.get(table[1 + zone * HEAD + 3]).endpoint().zone();
        int shared = shared(from, there);
        if (shared == bestShared) {
          alike++;
          if (candidates.random(alike) == 0) {
            best = zone;
          }
        } else if (shared > bestShared) {
          best = zone;
          bestShared = shared;
          alike = 1;
        }
      }
    }
    return best;
  }

  private static int within(Candidates candidates, int zone) {
    int[] table = candidates.table();
    int begin = table[1 + zone * HEAD];
    int count = table[1 + zone * HEAD + 1] - begin;
    int first = candidates.random(count);
    if (count == 1) {
      return table[begin];
    }
    int second = candidates.random(count - 1);
    second = second < first ? second : second + 1;
    int one = table[begin + first];
    int other = table[begin + second];
    return cost(candidates.get(other)) < cost(candidates.get(one)) ? other : one;
  }

  private static double cost(Candidate candidate) {
    return (candidate.inFlight() + 1) / candidate.weight();
  }

  /** How many steps of their paths two zones share; more than any path has when they are the same. */
  static int shared(String one, String other) {
    if (one.equals(other)) {
      return Integer.MAX_VALUE;
    }
    int steps = 0;
    int least = Math.min(one.length(), other.length());
    for (int i = 0; i < least; i++) {
      if (one.charAt(i) != other.charAt(i)) {
        return steps;
      }
      if (one.charAt(i) == '/') {
        steps++;
      }
    }
    boolean whole = one.length() > least ? one.charAt(least) == '/' : other.charAt(least) == '/';
    return whole && least > 0 ? steps + 1 : steps;
  }
}
