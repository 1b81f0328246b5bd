package org.ladang.plugin.bots;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.Home;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.LadangPlugin;
import org.ladang.kernel.Meters;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;
import org.ladang.shard.Expect;
import org.ladang.shard.Group;
import org.ladang.shard.Page;
import org.ladang.shard.ShardCluster;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The registry of bots: its actions. */
@LadangPlugin(name = "bots", title = "Bot registry", publisher = "Ladang")
@Component(service = ActionSource.class)
public final class Bots implements ActionSource {
  private static final int ATTEMPTS = 5;

  private final BotTable table;
  private final BotImport imports;
  private final Operations operations;
  private final Clock clock;

  /** A registry in these shards. */
  @Activate
  public Bots(
      @Reference ShardCluster shards,
      @Reference Home home,
      @Reference Clock clock,
      @Reference Meters meters,
      @Reference Events events) {
    this.clock = clock;
    table = new BotTable(shards);
    imports = new BotImport(table, home.root(), clock, events);
    operations = new Operations(meters, clock);
  }

  /** Writes a bot. */
  @Action(
      description =
          "Writes a bot's whole record, new or in place of the present one; only the id is needed.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      idempotent = true)
  public Bot createBot(
      @Arg("Names the bot: letters, digits and the signs . _ : and -, up to 100.") String id,
      @Arg("The name it goes by; the id when left out.") Optional<String> name,
      @Arg("What it works at; infrastructure when left out.") Optional<Category> category,
      @Arg("Who runs it.") Optional<String> operator,
      @Arg("What it calls itself in its requests.") Optional<String> userAgent,
      @Arg("Where it is described.") Optional<String> url,
      @Arg("Where it runs.") Optional<String> region,
      @Arg("How it is; active when left out.") Optional<Status> status) {
    return operations.timed(
        "create_bot",
        () -> {
          Map<String, String> values = new LinkedHashMap<>();
          values.put("id", id);
          name.ifPresent(v -> values.put("name", v));
          category.ifPresent(v -> values.put("category", v.name()));
          operator.ifPresent(v -> values.put("operator", v));
          userAgent.ifPresent(v -> values.put("user_agent", v));
          url.ifPresent(v -> values.put("url", v));
          region.ifPresent(v -> values.put("region", v));
          status.ifPresent(v -> values.put("status", v.name()));
          Bot draft = new BotDraft(values).bot(now());
          return change(
              draft.id(),
              known ->
                  known.map(k -> draft.with(draft.status(), k.added(), k.seen())).orElse(draft));
        });
  }

  /** A bot says that it is there. */
  @Action(
      description =
          "A bot announces itself: sets its status and when it was seen, keeps the rest; an unknown bot"
              + " is taken up.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      idempotent = true)
  public Bot registerBot(
      @Arg("Names the bot.") String id,
      @Arg("How it is; active when left out.") Optional<Status> status) {
    return operations.timed(
        "register_bot",
        () -> {
          Bot draft = new BotDraft(Map.of("id", id)).bot(now());
          Status wanted = status.orElse(Status.active);
          return change(
              draft.id(),
              known -> {
                Bot bot = known.orElse(draft);
                return bot.with(wanted, bot.added(), Optional.of(now()));
              });
        });
  }

  /** Shows a bot. */
  @Action(description = "Shows a bot: its status and its record.", role = Role.VIEWER)
  public Bot getBotStatus(@Arg("Names the bot.") String id) {
    return operations.timed(
        "get_bot_status",
        () ->
            table
                .find(BotDraft.checkedId(id))
                .orElseThrow(
                    () ->
                        new LadangException("LADANG-BOTS-001", "There is no bot \"" + id + "\".")
                            .next("bots:list_bots shows which there are.")
                            .with("id", id)));
  }

  /** A page of bots. */
  public record BotPage(
      @Arg("The bots, in the order of their ids.") List<Bot> bots,
      @Arg("Pass this as cursor for the next page; absent on the last one.")
          Optional<String> next) {}

  /** Lists bots. */
  @Action(description = "Lists bots in the order of their ids, page by page.", role = Role.VIEWER)
  public BotPage listBots(
      @Arg("Only bots that work at this.") Optional<Category> category,
      @Arg("Only bots that are so.") Optional<Status> status,
      @Arg("Only bots that this operator runs.") Optional<String> operator,
      @Arg("How many a page has, 1 to 1,000; 20 when left out.") Optional<Integer> limit,
      @Arg("Where the page before ended, as it said itself.") Optional<String> cursor) {
    return operations.timed(
        "list_bots",
        () -> {
          Map<String, String> where = new LinkedHashMap<>();
          category.ifPresent(c -> where.put("category", c.name()));
          operator.ifPresent(o -> where.put("operator", o));
          status.ifPresent(s -> where.put("status", s.name()));
          Page page = table.page(where, limit.orElse(20), cursor);
          return new BotPage(page.rows().stream().map(BotTable::bot).toList(), page.next());
        });
  }

  /** What the registry holds and how fast it is. */
  public record RegistryStats(
      @Arg("How many bots there are.") long count,
      @Arg("How many of each category.") Map<String, Long> perCategory,
      @Arg("How many of each status.") Map<String, Long> perStatus,
      @Arg("How long the plugin's operations took since the runtime started.")
          List<Operations.Latency> latencies) {}

  /** Sums up the registry. */
  @Action(
      description = "Counts the bots per category and status, and tells how fast the registry is.",
      role = Role.VIEWER)
  public RegistryStats getRegistryStats() {
    return operations.timed(
        "get_registry_stats",
        () ->
            new RegistryStats(
                table.count(),
                counts(Category.values(), table.countBy("category")),
                counts(Status.values(), table.countBy("status")),
                operations.latencies()));
  }

  /** Imports bots. */
  @Action(
      description =
          "Imports bots from a CSV or JSON-lines file, or the sample of 6,993 that ships with the"
              + " plugin. May be repeated, also after it was cut off: what is there already is not"
              + " written again.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      idempotent = true,
      timeout = "10m")
  public ImportResult importBots(
      @Arg(
              "A file on the machine that Ladang runs on (.csv or .jsonl, also .gz), relative to its"
                  + " home; the sample when left out.")
          Optional<String> path,
      CallContext context) {
    return operations.timed("import_bots", () -> imports.run(path, context.deadline()));
  }

  private interface Change {
    Bot apply(Optional<Bot> known);
  }

  /** Reads, changes and writes; again when somebody else wrote in between. */
  private Bot change(String id, Change change) {
    for (int attempt = 1; ; attempt++) {
      Optional<Bot> known = table.find(id);
      Expect expect = known.map(k -> Expect.version(k.version())).orElse(Expect.absent());
      try {
        return table.put(change.apply(known), expect);
      } catch (LadangException e) {
        if (attempt == ATTEMPTS || !e.code().equals(BotImport.CONFLICT)) {
          throw e;
        }
      }
    }
  }

  private static Map<String, Long> counts(Enum<?>[] words, List<Group> groups) {
    Map<String, Long> counts = new LinkedHashMap<>();
    Arrays.stream(words).forEach(word -> counts.put(word.name(), 0L));
    groups.forEach(g -> counts.put(String.valueOf(g.value().orElse("none")), g.rows()));
    return counts;
  }

  private Instant now() {
    return clock.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
