package dev.berth.limits;

import java.time.Duration;
import java.time.Instant;

/**
 * How often new connections may be tried, for the whole budget: until when none, and how often in a
 * row that was answered by a refusal.
 *
 * @param until no attempt before; in the past when there is no pause
 * @param refusals refusals in a row of attempts that ought to have got in
 * @param silences closes without a word, time-outs and the like, in a row
 * @param why the cause of the last pause, a clause of at most 200 characters
 */
public record Pace(Instant until, int refusals, int silences, String why) {
  public Pace {
    why = Spoken.oneLine(why);
  }

  /** No pause, and nothing was refused yet. */
  static Pace free(Instant now) {
    return new Pace(now, 0, 0, "no refusal yet");
  }

  boolean isOn(Instant now) {
    return now.isBefore(until);
  }

  /**
   * An attempt got in. One that was under way before the pause began proves nothing about it: the
   * pause and its growth stay.
   */
  Pace afterSuccess(Instant now) {
    return isOn(now) ? this : new Pace(until, 0, 0, why);
  }

  /** The shortest pause, with no growth: the attempt was one that could well be refused. */
  Pace afterFailedProbe(LimitSettings settings, Instant now, double jitter, String cause) {
    return paused(settings.pause(), now, jitter, refusals, silences, cause);
  }

  /**
   * A pause that triples with each refusal in a row, at most the server's idle time: a server that
   * is full for 20 s refuses three.
   */
  Pace afterRefusal(LimitSettings settings, Instant now, double jitter, String cause) {
    if (isOn(now)) {
      return this;
    }
    Duration pause = grown(settings.pause(), 3, refusals, settings.longestRecovery());
    return paused(pause, now, jitter, refusals + 1, silences, cause);
  }

  /**
   * A pause after silence. While connections of ours work, silence is most likely a ban in the
   * making (ProFTPD mod_ban ends the working ones too at its next count) or MaxInstances: half a
   * minute at least. While none works it may as well be a connection rate or a ghost: seconds
   * first.
   */
  Pace afterSilence(
      LimitSettings settings, Instant now, double jitter, boolean someWork, String cause) {
    if (isOn(now)) {
      return this;
    }
    Duration pause =
        someWork
            ? grown(settings.banPause(), 2, silences, settings.longestBanPause())
            : grown(settings.pause(), 3, silences, settings.longestSilence());
    return paused(pause, now, jitter, refusals, silences + 1, cause);
  }

  private Pace paused(
      Duration pause, Instant now, double jitter, int refused, int silent, String cause) {
    Instant end = now.plus(pause).plusMillis((long) (pause.toMillis() * jitter / 2));
    return new Pace(end.isAfter(until) ? end : until, refused, silent, cause);
  }

  private static Duration grown(Duration first, int factor, int times, Duration longest) {
    double seconds = first.toMillis() * Math.pow(factor, Math.min(times, 30));
    return seconds >= longest.toMillis() ? longest : Duration.ofMillis((long) seconds);
  }
}
