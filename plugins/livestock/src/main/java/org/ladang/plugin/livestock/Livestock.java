package org.ladang.plugin.livestock;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.ladang.breaker.Policies;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangPlugin;
import org.ladang.kernel.Scheduler;
import org.ladang.kernel.UpgradeHook;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;
import org.ladang.shard.ShardCluster;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A live stock board: its actions. */
@LadangPlugin(name = "livestock", title = "Live stock board", publisher = "Ladang")
@Component(
    service = {ActionSource.class, HealthCheck.class, UpgradeHook.class},
    configurationPid = "org.ladang.plugin.livestock",
    property = {HealthCheck.NAME + "=Stock view", HealthCheck.TAGS + "=livestock"})
@Designate(ocd = Livestock.Config.class)
public final class Livestock implements ActionSource, HealthCheck, UpgradeHook {
  /** Settings. */
  @ObjectClassDefinition(
      name = "Live stock board",
      description = "Where the boards of the shop are shown, and how often they are drawn anew.")
  public @interface Config {
    /** The server. */
    @AttributeDefinition(
        name = "Address",
        description =
            "The address of a chat's REST API of Discord's form, for example https://discord.com/api/v10; boards are"
                + " text for the shell when it is empty.")
    String url() default "";

    /** Its key. */
    @AttributeDefinition(
        name = "Token",
        description = "The token of the bot that shows the boards.",
        type = AttributeType.PASSWORD)
    String token() default "";

    /** How long one call may take. */
    @AttributeDefinition(
        name = "Time limit",
        description = "How many milliseconds the server has for an answer.",
        min = "100",
        max = "5000")
    int timeLimitMillis() default 3_000;

    /** How often boards are drawn anew. */
    @AttributeDefinition(
        name = "Refresh",
        description =
            "Every so many seconds all boards are drawn anew, and those without buttons get them back when they can.",
        min = "1",
        max = "3600")
    int refreshSeconds() default 15;
  }

  private static final int MOST = 1_000_000;
  private static final int MOST_LISTED = 1_000;

  private final ItemTable items;
  private final BoardTable boards;
  private final BoardClient client;
  private final Painter painter;
  private final Presses presses;
  private final Tally tally;
  private final UpdateQueue queue;
  private final ViewCheck check;
  private final Clock clock;
  private final Policies policies;
  private final Scheduler.Task refreshing;

  /** The boards, drawn anew now and then. */
  @Activate
  public Livestock(
      @Reference ShardCluster shards,
      @Reference Policies policies,
      @Reference Clock clock,
      @Reference Events events,
      @Reference Scheduler scheduler,
      Config config) {
    this(shards, policies, clock, events, scheduler, client(config), config.refreshSeconds());
  }

  Livestock(
      ShardCluster shards,
      Policies policies,
      Clock clock,
      Events events,
      Scheduler scheduler,
      BoardClient client,
      int refreshSeconds) {
    this.clock = clock;
    this.client = client;
    this.policies = policies;
    BoardPolicies.make(policies);
    items = new ItemTable(shards);
    boards = new BoardTable(shards);
    tally = new Tally(clock);
    painter = new Painter(items, boards, client, policies, tally, clock, events);
    queue = new UpdateQueue(painter::paint);
    presses = new Presses(items, boards, painter, queue::add, this::refreshAll);
    check = new ViewCheck(() -> painter.message(blank("")), boards::all, tally);
    refreshing =
        scheduler.every(Duration.ofSeconds(refreshSeconds), "livestock-refresh", this::refreshAll);
  }

  private static BoardClient client(Config config) {
    return config.url().isBlank()
        ? new ConsoleBoards()
        : new HttpBoards(
            URI.create(config.url().strip().replaceAll("/+$", "")),
            config.token(),
            Duration.ofMillis(config.timeLimitMillis()));
  }

  /** Draws nothing any more. */
  @Deactivate
  public void close() {
    refreshing.cancel();
    queue.close();
  }

  @Override
  public Result execute() {
    return check.result();
  }

  @Override
  public void beforeRemove() {
    BoardPolicies.remove(policies);
  }

  private void refreshAll() {
    boards.all().forEach(board -> queue.add(board.channel()));
  }

  private Board blank(String channel) {
    return new Board(channel, "", 1, Board.Mode.waiting, clock.now(), "");
  }

  private static int counted(String what, int given, int least, int most) {
    if (given < least || given > most) {
      throw Refusals.badNumber(what, given, least, most);
    }
    return given;
  }

  /** What a load did. */
  public record Loaded(
      @Arg("How many items the sample has.") int items,
      @Arg("How many of them were not there.") long added) {}

  /** Brings the sample. */
  @Action(
      description =
          "Brings the sample of items that ships with the plugin; items that are there keep their stock.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      idempotent = true,
      timeout = "2m")
  public Loaded load() {
    List<Item> sample = Sample.items();
    long added = items.add(sample);
    refreshAll();
    return new Loaded(sample.size(), added);
  }

  /** Lists items. */
  @Action(description = "Lists items in the order of their codes.", role = Role.VIEWER)
  public List<Item> stock(
      @Arg("How many, 1 to 1,000; 20 when left out.") Optional<Integer> limit,
      @Arg("How many to pass over first; none when left out.") Optional<Integer> from) {
    return items.items(
        counted("number to pass over", from.orElse(0), 0, MOST),
        counted("limit", limit.orElse(20), 1, MOST_LISTED));
  }

  /** Shows an item. */
  @Action(description = "Shows an item.", role = Role.VIEWER)
  public Item item(@Arg("Names the item.") String code) {
    return items.item(code);
  }

  /** Sells an item. */
  @Action(
      description = "Sells an item; nothing is sold twice.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE)
  public Item buy(
      @Arg("Names the item.") String code,
      @Arg("How many; 1 when left out.") Optional<Integer> count) {
    return presses.buy(code, counted("number", count.orElse(1), 1, MOST));
  }

  /** Sets the stock. */
  @Action(
      description = "Says how many of an item there are.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      idempotent = true)
  public Item restock(@Arg("Names the item.") String code, @Arg("How many there are.") int stock) {
    counted("stock", stock, 0, MOST);
    Item now = items.change(code, item -> item.withStock(stock));
    refreshAll();
    return now;
  }

  /** Makes a board. */
  @Action(
      description = "Makes a board in a channel; one that is there is drawn anew.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      idempotent = true)
  public Board open(@Arg("The channel, as the chat names it.") String channel) {
    if (!channel.matches("[A-Za-z0-9_-]{1,64}")) {
      throw Refusals.badChannel(channel);
    }
    Board board = boards.find(channel).orElseGet(() -> boards.put(blank(channel)));
    queue.add(channel);
    return board;
  }

  /** Takes a board away. */
  @Action(
      description = "Takes the board of a channel away.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE)
  public void shut(@Arg("The channel.") String channel) {
    Board board = boards.board(channel);
    boards.delete(channel);
    if (!board.message().isEmpty()) {
      client.delete(channel, board.message());
    }
  }

  /** Lists boards. */
  @Action(
      description = "Lists the boards, how each is shown, since when and why.",
      role = Role.VIEWER)
  public List<Board> boards() {
    return boards.all();
  }

  /** Shows a board as text. */
  @Action(
      description = "Shows the board of a channel as text, with its buttons.",
      role = Role.VIEWER)
  public String show(@Arg("The channel.") String channel) {
    return ConsoleBoards.text(painter.message(boards.board(channel)));
  }

  /** Draws boards anew. */
  @Action(
      description = "Has the board of a channel drawn anew, or all boards.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      idempotent = true)
  public int refresh(@Arg("The channel; all when left out.") Optional<String> channel) {
    if (channel.isEmpty()) {
      refreshAll();
    } else {
      queue.add(boards.board(channel.get()).channel());
    }
    return queue.length();
  }

  /** A button was pressed. */
  @Action(
      description =
          "Somebody pressed a button of a board: buy:CODE, details:CODE, page:N or refresh. Says what to tell them.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE)
  public String press(
      @Arg("The channel.") String channel,
      @Arg("The button.") String button,
      @Arg("Who pressed it; the caller when left out.") Optional<String> user,
      CallContext context) {
    return presses.press(channel, button, user.orElseGet(() -> context.principal().name()));
  }

  /** How the boards did in the last hour. */
  public record Stats(
      @Arg("Where boards are shown.") String server,
      @Arg("How many items there are.") int items,
      @Arg("How many boards are open.") int boards,
      @Arg("How many of them have no buttons now.") long simplified,
      @Arg("How many wait to be drawn.") int waiting,
      @Arg("How many messages were to be made in the last hour.") long creations,
      @Arg("The share of them that was.") double creationSuccess,
      @Arg("How many messages were to be changed in the last hour.") long updates,
      @Arg("The share of them that was.") double updateSuccess,
      @Arg("How long the server took for an answer, in the mean.") Duration meanResponse,
      @Arg("How often it failed in the last hour.") long errors,
      @Arg("How often it was tried again in the last hour.") long retries) {}

  /** Sums up. */
  @Action(
      description = "How the boards did in the last hour: success, mean response, errors, retries.",
      role = Role.VIEWER)
  public Stats stats() {
    Tally.Count made = tally.count(Tally.Kind.CREATE);
    Tally.Count changed = tally.count(Tally.Kind.UPDATE);
    List<Board> all = boards.all();
    return new Stats(
        client.name(),
        items.codes().size(),
        all.size(),
        all.stream().filter(b -> b.mode() != Board.Mode.full).count(),
        queue.length(),
        made.asked(),
        made.successRate(),
        changed.asked(),
        changed.successRate(),
        made.plus(changed).mean(),
        made.failed() + changed.failed(),
        tally.retries());
  }
}
