package dev.berth.interop;

import dev.berth.testkit.Peer;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.TappedConnection;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How many sessions a server had, in its own words and in the tap's. */
final class Sessions {
  /**
   * How a log tells of a session's begin and end. vsftpd tells of no end; ProFTPD, as it is set up,
   * of neither.
   */
  private record Words(Pattern begin, Pattern end) {
    Words(String begin, String end) {
      this(Pattern.compile(begin), Pattern.compile(end));
    }
  }

  private static final Map<PeerKind, Words> WORDS =
      Map.of(
          PeerKind.PURE_FTPD, new Words("is now logged in", "\\(\\w+@[^)]*\\) \\[INFO\\] Logout"),
          PeerKind.PYFTPDLIB, new Words("logged in", "-\\[\\w+\\] FTP session closed"),
          PeerKind.APACHE, new Words("SENT: 230", "SENT: 221"));

  private Sessions() {}

  /**
   * The greatest number of sessions that were logged in at one time, by the server's log; 0 for a
   * server whose log does not tell.
   */
  static int mostAtOnce(Peer peer) throws IOException {
    Words words = WORDS.get(peer.kind());
    if (words == null) {
      return 0;
    }
    int now = 0;
    int most = 0;
    for (String line : peer.log()) {
      now += words.begin().matcher(line).find() ? 1 : 0;
      now -= words.end().matcher(line).find() ? 1 : 0;
      most = Math.max(most, now);
    }
    if (most == 0) {
      throw new AssertionError("no session in the log of " + peer + ": " + peer.log());
    }
    return most;
  }

  /** Each connection of a tap: when it was open, how it ended. */
  static String atTap(Server server) {
    long start = server.tap().connections().getFirst().openedNanos();
    return server.tap().connections().stream()
        .map(connection -> line(connection, start))
        .collect(Collectors.joining("\n"));
  }

  private static String line(TappedConnection connection, long start) {
    return "%d: %.3f to %s, refused %s, %s"
        .formatted(
            connection.number(),
            (connection.openedNanos() - start) / 1e9,
            connection.endedNanos().stream()
                .mapToObj(end -> "%.3f".formatted((end - start) / 1e9))
                .findFirst()
                .orElse("-"),
            connection.isRefused(),
            connection.replies().isEmpty() ? "no word" : connection.replies().getLast());
  }
}
