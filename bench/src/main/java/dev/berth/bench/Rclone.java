package dev.berth.bench;

import java.io.IOException;
import java.util.List;

/**
 * rclone with two connections, thus one transfer: its manual wants one connection more than
 * transfers, "or it will be possible to deadlock". Seen with rclone 1.60.1: with two transfers it
 * waited for itself for ever.
 */
record Rclone() implements Client {
  @Override
  public String name() {
    return "rclone --transfers 1";
  }

  @Override
  public List<String> command(Errand errand) throws IOException {
    String obscured = Processes.output("rclone", "obscure", errand.peer().password());
    String there =
        ":ftp,host=%s,port=%d,user=%s,pass=%s,concurrency=2:%s"
            .formatted(
                errand.peer().host(),
                errand.peer().port(),
                errand.peer().user(),
                obscured,
                errand.remote());
    String here = errand.local().toString();
    return List.of(
        "rclone",
        "copy",
        "--config",
        "/dev/null",
        "--transfers",
        "1",
        "--checkers",
        "1",
        "--check-first",
        "--multi-thread-streams",
        "0",
        errand.isDown() ? there : here,
        errand.isDown() ? here : there);
  }
}
