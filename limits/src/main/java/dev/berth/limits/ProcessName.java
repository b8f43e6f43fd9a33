package dev.berth.limits;

/**
 * How a program names itself to others on its machine.
 *
 * @param pid its process; 0 if nobody knows
 * @param user the user of the machine that it runs as
 * @param words what it does, for people: {@code berth mirror}; nothing that is secret
 */
public record ProcessName(long pid, String user, String words) {
  public ProcessName {
    user = Spoken.oneLine(user);
    words = Spoken.oneLine(words);
    if (pid < 0) {
      throw new IllegalArgumentException("no process " + pid);
    }
  }

  /** For people: {@code pid 4711 berth mirror (alice)}. */
  public String sentence() {
    return "pid " + pid + " " + words + " (" + user + ")";
  }
}
