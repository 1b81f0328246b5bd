package org.ladang.security.provider;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.Home;
import org.ladang.kernel.LadangSubsystem;
import org.ladang.kernel.Scheduler;
import org.ladang.kernel.State;
import org.ladang.kernel.States;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.CallObserver;
import org.ladang.kernel.action.Guard;
import org.ladang.kernel.action.Principal;
import org.ladang.security.Authenticator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Builds the room and stands for it towards the kernel. One component for three services, so that all of them speak of
 * the same users and write the same trail.
 */
@LadangSubsystem(name = "security", title = "Users, permissions and audit")
@Component(
    service = {Authenticator.class, Guard.class, CallObserver.class},
    configurationPid = "org.ladang.security",
    immediate = true)
@Designate(ocd = SecurityConfig.class)
public final class SecurityRoom implements Authenticator, Guard, CallObserver {
  private static final Duration TIDY = Duration.ofMinutes(1);

  private final Desk desk;
  private final Guard guard = new RoleGuard();
  private final CallRecorder recorder;
  private final AuditWriter writer;
  private final Scheduler.Task tidy;

  @Activate
  public SecurityRoom(
      @Reference Home home,
      @Reference States states,
      @Reference Clock clock,
      @Reference Scheduler scheduler,
      @Reference Events events,
      SecurityConfig config) {
    State state = states.open("security");
    AuditFiles files = new AuditFiles(home.data().resolve("security"));
    AuditAnchors anchors = new AuditAnchors(state);
    long fileBytes = config.audit_file_megabytes() * 1024L * 1024L;
    AuditLog log = new AuditLog(files, anchors, clock, events, fileBytes, config.audit_files());
    this.writer = new AuditWriter(log, clock, events);
    AuditTrail trail = new AuditTrail(files, anchors, log, writer, clock);
    this.desk = Desk.of(home, state, clock, events, config, trail, new SecureRandom(), process());
    this.recorder = new CallRecorder(trail);
    writer.start();
    desk.open();
    this.tidy = scheduler.every(TIDY, "ladang-security-tidy", desk::tidy);
  }

  /** Names this run of the process. */
  private static String process() {
    ProcessHandle self = ProcessHandle.current();
    return self.pid() + "@" + self.info().startInstant().map(Object::toString).orElse("");
  }

  @Deactivate
  void deactivate() {
    tidy.cancel();
    desk.close();
    writer.stop();
  }

  /**
   * What this bundle's action components work with. They reference the room as an {@link Authenticator}, since a bundle
   * that can be replaced publishes no services of classes of its own; a bundle sees its own services, not their proxies.
   */
  static Desk desk(Authenticator room) {
    return ((SecurityRoom) room).desk;
  }

  @Override
  public Outcome token(String token) {
    return desk.doorkeeper().token(token);
  }

  @Override
  public Outcome password(String user, String password, String remote) {
    return desk.doorkeeper().password(user, password, remote);
  }

  @Override
  public Outcome session(String sessionId) {
    return desk.doorkeeper().session(sessionId);
  }

  @Override
  public Session open(Principal principal) {
    return desk.doorkeeper().open(principal);
  }

  @Override
  public Optional<Session> find(String sessionId) {
    return desk.doorkeeper().find(sessionId);
  }

  @Override
  public void close(String sessionId) {
    desk.doorkeeper().close(sessionId);
  }

  @Override
  public FirstStart firstStart(String oneTimeToken, String user, String password) {
    return desk.doorkeeper().firstStart(oneTimeToken, user, password);
  }

  @Override
  public boolean needsFirstStart() {
    return desk.doorkeeper().needsFirstStart();
  }

  @Override
  public Verdict check(CallContext context, ActionInfo action) {
    return guard.check(context, action);
  }

  @Override
  public void ended(Call call) {
    recorder.ended(call);
  }
}
