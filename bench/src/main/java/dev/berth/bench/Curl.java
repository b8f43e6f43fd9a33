package dev.berth.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * curl with a list of all files, two at a time. It is spared what the others do: to find out which
 * files there are, and to keep their times.
 */
record Curl() implements Client {
  @Override
  public String name() {
    return "curl -Z (list given)";
  }

  @Override
  public List<String> command(Errand errand) throws IOException {
    StringBuilder list = new StringBuilder();
    for (String file : errand.files()) {
      String url = errand.server() + errand.remote() + "/" + file;
      Path local = errand.local().resolve(file);
      list.append("url = \"").append(url).append("\"\n");
      list.append(errand.isDown() ? "output = \"" : "upload-file = \"")
          .append(local)
          .append("\"\n");
    }
    Path settings = errand.scratch().resolve("curl-" + errand.direction());
    Files.writeString(settings, list);
    return List.of(
        "curl",
        "--disable",
        "--silent",
        "--show-error",
        "--parallel",
        "--parallel-max",
        "2",
        "--create-dirs",
        "--ftp-create-dirs",
        "--user",
        errand.peer().user() + ":" + errand.peer().password(),
        "--config",
        settings.toString());
  }
}
