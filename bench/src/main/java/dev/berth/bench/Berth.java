package dev.berth.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Berth as a user runs it: no limit is set. Its state stays from run to run, as with any scheduled
 * job; what it learns of the server it learns in the warm-up.
 */
record Berth(Path program) implements Client {
  static final String NAME = "berth";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> command(Errand errand) throws IOException {
    Path password = errand.scratch().resolve("berth-password");
    Files.writeString(password, errand.peer().password() + "\n");
    String here = errand.local().toString();
    String there =
        "ftp://%s@%s:%d/%s"
            .formatted(
                errand.peer().user(),
                errand.peer().host(),
                errand.peer().port(),
                // A path behind one slash starts where the login put us, which is the root.
                errand.remote().substring(1));
    return List.of(
        program.toString(),
        "mirror",
        "--state-dir",
        errand.scratch().resolve("berth-state").toString(),
        "--password-file",
        password.toString(),
        errand.isDown() ? there : here,
        errand.isDown() ? here : there);
  }
}
