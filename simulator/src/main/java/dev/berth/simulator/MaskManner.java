package dev.berth.simulator;

import dev.berth.admission.LimitScope;
import dev.berth.admission.Refusal;
import dev.berth.session.Manner;
import dev.berth.session.Occasion;
import dev.berth.session.Scene;
import dev.berth.wire.RemotePath;
import dev.berth.wire.Reply;
import java.net.InetAddress;
import java.time.Duration;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A mask worn, with the faults of control connections. Any thread may use it. */
final class MaskManner implements Manner {
  /** What is heard in time even by those who answer other commands at once. */
  private static final Set<String> NEVER_EARLY =
      Set.of(
          "RETR", "STOR", "APPE", "STOU", "LIST", "NLST", "MLSD", "ABOR", "QUIT", "USER", "REIN");

  private final Mask mask;
  private final MaskFile file;
  private final Set<String> lacking;
  private final Set<String> beforeLogin;
  private final Crowd crowd;
  private final ControlFaults faults;
  private final Duration idle;
  private final int port;

  /**
   * A mask, ready to be worn.
   *
   * @param crowd who is here, and how many may be
   * @param idle after how long a session is ended
   * @param port where it listens
   */
  MaskManner(Mask mask, Crowd crowd, ControlFaults faults, Duration idle, int port) {
    this.mask = mask;
    this.file = mask.file();
    this.lacking = file.words("lacks");
    this.beforeLogin = file.words("before-login");
    this.crowd = crowd;
    this.faults = faults;
    this.idle = idle;
    this.port = port;
  }

  @Override
  public Answer answer(Scene scene, Occasion occasion, Reply ours) {
    Answer answer = whole(scene, occasion, ours);
    int bytes =
        switch (answer) {
          case Answer.Ours same -> ours.bytes().length;
          case Answer.Say(String text) -> text.length();
          case Answer.SayAndEnd(String text) -> text.length();
          case Answer.HangUp hangUp -> 0;
          case Answer.Reset reset -> 0;
        };
    return faults.isCut(scene.session(), bytes) ? new Answer.Reset() : answer;
  }

  private Answer whole(Scene scene, Occasion occasion, Reply ours) {
    return switch (occasion) {
      case Occasion.Greeting greeting -> {
        faults.beSlow();
        yield said(file.on("greeting"), false, scene, "", "", ours);
      }
      case Occasion.TurnedAway(Refusal refusal) -> {
        faults.beSlow();
        yield refused(refusal, scene, "", ours);
      }
      case Occasion.LoginRefused(Refusal refusal) -> refused(refusal, scene, "PASS", ours);
      case Occasion.Ends(String event) -> said(file.on("ends", event), true, scene, "", "", ours);
      case Occasion.Served(String verb, String argument) -> served(scene, verb, argument, ours);
    };
  }

  private Answer served(Scene scene, String verb, String argument, Reply ours) {
    if (faults.isReset()) {
      return new Answer.Reset();
    }
    if (scene.account().isEmpty()
        && !beforeLogin.contains(verb)
        && !(ours.code() == 500 && file.tellsUnknownFirst())) {
      return said(file.on("login"), false, scene, verb, argument, ours);
    }
    boolean isFull =
        mask.stage() == Mask.Stage.USER && ours.code() == 331 && !crowd.hasRoom(scene.client());
    return isFull
        ? said(file.on("full", "address"), true, scene, verb, argument, ours)
        : said(file.served(verb, ours.code(), ours.text()), false, scene, verb, argument, ours);
  }

  private Answer refused(Refusal refusal, Scene scene, String verb, Reply ours) {
    if (!(refusal instanceof Refusal.Full full)) {
      return said(file.on("ends", "drained"), true, scene, verb, "", ours);
    }
    boolean isOfAddress =
        full.scope() == LimitScope.PREFIX || full.scope() == LimitScope.PREFIX_AND_ACCOUNT;
    Map<String, String> values = values(scene, verb, "");
    values.put("limit", Integer.toString(full.limit()));
    return said(file.on("full", isOfAddress ? "address" : "server"), true, values, ours);
  }

  private Answer said(
      Optional<Row> row, boolean isLast, Scene scene, String verb, String argument, Reply ours) {
    return row.isEmpty()
        ? new Answer.Ours()
        : said(row, isLast, values(scene, verb, argument), ours);
  }

  private Answer said(Optional<Row> row, boolean isLast, Map<String, String> values, Reply ours) {
    if (row.isEmpty()) {
      return new Answer.Ours();
    }
    Row found = row.get();
    Holding.back(found.after());
    if (found.lines().isEmpty()) {
      return new Answer.HangUp();
    }
    String text = Template.fill(found, ours, values);
    return isLast || found.isLast() ? new Answer.SayAndEnd(text) : new Answer.Say(text);
  }

  private Map<String, String> values(Scene scene, String verb, String argument) {
    Map<String, String> values = new HashMap<>();
    LocalTime now = LocalTime.now(java.time.ZoneOffset.UTC);
    values.put("argument", argument);
    values.put("client", scene.client().getHostAddress());
    values.put("clock", String.format(Locale.ROOT, "%02d:%02d", now.getHour(), now.getMinute()));
    String last = argument.substring(argument.lastIndexOf(' ') + 1);
    values.put("file", last);
    values.put("filepath", path(scene.folder(), last));
    values.put("first", argument.split(" ", 2)[0]);
    values.put("folder", scene.folder().value());
    values.put("limit", Integer.toString(crowd.mostInAll()));
    values.put("path", path(scene.folder(), argument));
    values.put("plain", verb.startsWith("X") ? verb.substring(1) : verb);
    values.put("port", Integer.toString(port));
    values.put("seconds", Long.toString(idle.toSeconds()));
    values.put("sessions", Integer.toString(crowd.size()));
    values.put("type", file.typeName(scene.type().equals("A")));
    values.put("user", scene.account());
    values.put("verb", verb);
    return values;
  }

  private static String path(RemotePath folder, String argument) {
    if (argument.startsWith("/") || argument.isEmpty()) {
      return argument.isEmpty() ? folder.value() : argument;
    }
    return folder.value().equals("/") ? "/" + argument : folder.value() + "/" + argument;
  }

  @Override
  public boolean knows(String verb) {
    return !lacking.contains(verb);
  }

  @Override
  public Early early(String verb) {
    return switch (mask.early()) {
      case WAITS -> Early.WAITS;
      case SERVED -> NEVER_EARLY.contains(verb) ? Early.WAITS : Early.SERVED;
      case UNKNOWN -> verb.equals("ABOR") ? Early.WAITS : Early.UNKNOWN;
    };
  }

  @Override
  public Duration lingering() {
    return faults.ghosts();
  }

  /** Who is here, and how many may be. */
  interface Crowd {
    /** Whether one more of this address may log in. */
    boolean hasRoom(InetAddress address);

    /** How many sessions there are. */
    int size();

    /** How many there may be of all addresses, as greetings tell it. */
    int mostInAll();
  }
}
