package dev.berth.simulator;

import dev.berth.admission.Admission;
import dev.berth.admission.Attendance;
import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.Pacing;
import dev.berth.admission.Rules;
import dev.berth.lifetime.Pause;
import dev.berth.lifetime.SteadyClock;
import dev.berth.simulator.Fault.LimitPerAddress.Step;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Who is in, and how many may be, as the mask counts them. Any thread may ask. */
final class Crowding implements MaskManner.Crowd {
  /** No limit of ours shows. */
  private static final int UNBOUNDED = 100_000;

  /** What Pure-FTPd tells as shipped. */
  private static final int USUAL_MOST = 50;

  private static final Pacing AT_ONCE =
      new Pacing(1_000, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(1), 0, 0, 1);

  private final Mask.Stage stage;
  private final int inAll;
  private final List<Step> steps;
  private final Admission admission;
  private volatile int perAddress;

  Crowding(Mask mask, List<Fault> faults) {
    this.stage = mask.stage();
    int all = UNBOUNDED;
    List<Step> limits = List.of(new Step(UNBOUNDED, Duration.ofDays(1)));
    for (Fault fault : faults) {
      if (fault instanceof Fault.LimitInAll(int most)) {
        all = most;
      } else if (fault instanceof Fault.LimitPerAddress(List<Step> chosen)) {
        limits = chosen;
      }
    }
    this.inAll = all;
    this.steps = limits;
    this.perAddress = steps.getFirst().most();
    this.admission = new Admission(rules(), SteadyClock.startingNow());
  }

  private Rules rules() {
    boolean isAtAccept = stage == Mask.Stage.ACCEPT;
    Map<LimitScope, Limit> limits = new EnumMap<>(LimitScope.class);
    limits.put(
        isAtAccept ? LimitScope.PREFIX : LimitScope.PREFIX_AND_ACCOUNT, Limit.refusing(perAddress));
    limits.put(isAtAccept ? LimitScope.SERVER : LimitScope.ACCOUNT, Limit.refusing(inAll));
    return Rules.standard().withConnections(limits).withPacing(AT_ONCE);
  }

  Admission admission() {
    return admission;
  }

  /** Sets one limit after the other, each at its time; returns when the last one stands. */
  void change() throws InterruptedException {
    for (int n = 0; n + 1 < steps.size(); n++) {
      Pause.of(steps.get(n).time());
      perAddress = steps.get(n + 1).most();
      admission.reload(rules());
    }
  }

  @Override
  public boolean hasRoom(InetAddress address) {
    List<Attendance.Present> loggedIn =
        admission.attendance().present().stream()
            .filter(present -> !present.account().isEmpty())
            .toList();
    long ofAddress = loggedIn.stream().filter(it -> it.caller().equals(address)).count();
    return ofAddress < perAddress && loggedIn.size() < inAll;
  }

  @Override
  public int size() {
    return admission.attendance().present().size();
  }

  @Override
  public int mostInAll() {
    return inAll < UNBOUNDED ? inAll : USUAL_MOST;
  }
}
