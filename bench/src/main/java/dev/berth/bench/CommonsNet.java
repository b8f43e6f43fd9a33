package dev.berth.bench;

import java.nio.file.Path;
import java.util.List;

/** The program that people write with Apache Commons Net: {@link CommonsNetCopy}. */
record CommonsNet(Path java, String classPath) implements Client {
  @Override
  public String name() {
    return "Commons Net, 2 threads";
  }

  @Override
  public List<String> command(Errand errand) {
    return List.of(
        java.toString(),
        "-XX:+UseSerialGC",
        "-cp",
        classPath,
        CommonsNetCopy.class.getName(),
        errand.direction().name(),
        errand.peer().host(),
        Integer.toString(errand.peer().port()),
        errand.peer().user(),
        errand.peer().password(),
        errand.remote(),
        errand.local().toString());
  }
}
